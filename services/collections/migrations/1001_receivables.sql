-- What customers owe, in which instalments, how far the payment journey has come and what holds it up.

create table collections.receivables (
    id                  uuid primary key,
    tenant_id           uuid not null,
    contract_id         uuid not null,
    contract_number     text not null,
    customer_id         uuid not null,
    company             text not null,
    -- `company` as bank entries are compared with it.
    company_key         text not null,
    owner_id            uuid not null,
    org                 text not null,
    currency            text not null,
    amount              bigint not null check (amount > 0),
    paid                bigint not null default 0 check (paid between 0 and amount),
    -- Received beyond what was owed: unallocated credit of the customer.
    credit              bigint not null default 0 check (credit >= 0),
    state               text not null check (state in ('open', 'cleared', 'overpaid', 'written_off')),
    node                smallint not null check (node between 0 and 5),
    moved_at            timestamptz not null,
    expected_payment_at timestamptz,
    -- The generation of the stall timer that counts; older ones fire without effect.
    stall_generation    integer not null default 0,
    version             bigint not null,
    opened_at           timestamptz not null,
    closed_at           timestamptz,
    unique (tenant_id, contract_id),
    check ((state = 'open') = (closed_at is null)),
    check (state <> 'open' or paid < amount),
    check (state not in ('cleared', 'overpaid') or (paid = amount and node = 5)),
    check ((state = 'overpaid') = (credit > 0))
);
create index receivables_by_time on collections.receivables (tenant_id, opened_at desc, id desc);
create index receivables_by_number on collections.receivables (tenant_id, contract_number);
create index receivables_open_by_company on collections.receivables (tenant_id, company_key) where state = 'open';
create index receivables_open_by_rest on collections.receivables (tenant_id, (amount - paid)) where state = 'open';

create table collections.instalments (
    tenant_id     uuid not null,
    receivable_id uuid not null references collections.receivables,
    position      smallint not null check (position > 0),
    kind          text not null,
    percent       smallint not null check (percent between 0 and 100),
    amount        bigint not null check (amount >= 0),
    paid          bigint not null default 0 check (paid between 0 and amount),
    due_at        timestamptz not null,
    primary key (receivable_id, position)
);
create index instalments_open_by_rest on collections.instalments (tenant_id, (amount - paid)) where paid < amount;

create table collections.journey_nodes (
    tenant_id          uuid not null,
    receivable_id      uuid not null references collections.receivables,
    node               smallint not null check (node between 1 and 5),
    owner_id           uuid not null,
    evidence           jsonb not null,
    note               text,
    definition_version integer not null,
    reached_at         timestamptz not null,
    reached_by         uuid not null,
    primary key (receivable_id, node)
);

create table collections.blockers (
    id            uuid primary key,
    tenant_id     uuid not null,
    receivable_id uuid not null references collections.receivables,
    code          text not null,
    node          smallint not null,
    opened_at     timestamptz not null,
    resolution    text,
    -- Nobody, when the journey simply moved on.
    closed_by     uuid,
    closed_at     timestamptz,
    check ((resolution is null) = (closed_by is null))
);
create unique index blockers_open on collections.blockers (receivable_id, code) where closed_at is null;

create table collections.write_offs (
    id             uuid primary key,
    tenant_id      uuid not null,
    receivable_id  uuid not null references collections.receivables,
    amount         bigint not null check (amount > 0),
    reason         text not null,
    state          text not null check (state in ('requested', 'confirmed', 'rejected')),
    requested_by   uuid not null,
    requested_role text not null,
    requested_at   timestamptz not null,
    decided_by     uuid,
    decided_role   text,
    decided_at     timestamptz,
    check (decided_by is null or decided_by <> requested_by),
    check (state <> 'confirmed' or decided_role <> requested_role)
);
create unique index write_offs_waiting on collections.write_offs (receivable_id) where state = 'requested';

alter table collections.receivables enable row level security;
alter table collections.receivables force row level security;
create policy tenant on collections.receivables
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

do $$
declare t text;
begin
    foreach t in array array['instalments', 'journey_nodes', 'blockers', 'write_offs'] loop
        execute format('alter table collections.%I enable row level security', t);
        execute format('alter table collections.%I force row level security', t);
        execute format('create policy tenant on collections.%I using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
