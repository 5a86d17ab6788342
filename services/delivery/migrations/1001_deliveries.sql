-- One card per signed contract: what was sold, what was promised, what is planned, and what the customer said.

create table delivery.deliveries (
    id              uuid primary key,
    tenant_id       uuid not null,
    contract_id     uuid not null,
    contract_number text not null,
    quote_id        uuid,
    opportunity_id  uuid,
    customer_id     uuid not null,
    company         text not null,
    owner_id        uuid not null,
    org             text not null,
    amount          bigint not null,
    currency        text not null,
    signed_at       timestamptz not null,
    signed_sha256   text not null,
    -- The event in the evidence of quotes and contracts that this card rests on.
    signed_event_id uuid not null,
    -- What the customer was told.
    promised_at     timestamptz,
    -- What production has planned.
    scheduled_at    timestamptz,
    light           text not null check (light in ('grey', 'green', 'red')),
    state           text not null check (state in ('open', 'awaiting_acceptance', 'reopened', 'delivered')),
    rejections      integer not null default 0 check (rejections >= 0),
    first_pass      boolean,
    accepted_at     timestamptz,
    version         bigint not null,
    created_at      timestamptz not null,
    unique (tenant_id, contract_id),
    check ((state = 'delivered') = (accepted_at is not null)),
    check ((accepted_at is null) = (first_pass is null)),
    check (first_pass is null or first_pass = (rejections = 0))
);
create index deliveries_by_time on delivery.deliveries (tenant_id, created_at desc, id desc);
create index deliveries_red on delivery.deliveries (tenant_id, created_at desc, id desc) where light = 'red';

create table delivery.lines (
    tenant_id    uuid not null,
    delivery_id  uuid not null references delivery.deliveries,
    position     integer not null check (position > 0),
    product_code text not null,
    name         text not null,
    quantity     text not null,
    unit         text not null,
    primary key (delivery_id, position)
);

create table delivery.payments (
    tenant_id   uuid not null,
    delivery_id uuid not null references delivery.deliveries,
    position    integer not null check (position > 0),
    kind        text not null,
    percent     integer not null check (percent between 0 and 100),
    amount      bigint not null,
    currency    text not null,
    due_at      timestamptz,
    primary key (delivery_id, position)
);

-- Links for the customer. The token itself is never stored.
create table delivery.acceptances (
    id           uuid primary key,
    tenant_id    uuid not null,
    delivery_id  uuid not null references delivery.deliveries,
    token_sha256 bytea not null unique check (octet_length(token_sha256) = 32),
    state        text not null check (state in ('open', 'accepted', 'rejected', 'superseded')),
    -- Documents and videos the customer is shown.
    shown        jsonb not null,
    requested_by uuid not null,
    requested_at timestamptz not null,
    expires_at   timestamptz not null,
    reason       text,
    -- Documents and videos the customer answered with.
    evidence     jsonb not null default '[]',
    signer       text,
    decided_at   timestamptz,
    check ((state in ('accepted', 'rejected')) = (decided_at is not null)),
    check ((decided_at is null) = (signer is null)),
    check (state <> 'rejected' or reason is not null)
);
create unique index acceptances_open on delivery.acceptances (delivery_id) where state = 'open';
create index acceptances_of_delivery on delivery.acceptances (delivery_id, requested_at);

alter table delivery.deliveries enable row level security;
alter table delivery.deliveries force row level security;
create policy tenant on delivery.deliveries
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

do $$
declare t text;
begin
    foreach t in array array['lines', 'payments', 'acceptances'] loop
        execute format('alter table delivery.%I enable row level security', t);
        execute format('alter table delivery.%I force row level security', t);
        execute format('create policy tenant on delivery.%I using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
