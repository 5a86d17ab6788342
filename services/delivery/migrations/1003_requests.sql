-- What a customer wishes and another department has to answer.

create table delivery.requests (
    id            uuid primary key,
    tenant_id     uuid not null,
    customer_id   uuid not null,
    -- The customer's own words.
    wish          text not null,
    pain          text not null check (pain in ('efficiency', 'cost', 'compliance')),
    -- What will be measured to call it done.
    target        text not null,
    urgency       text not null check (urgency in ('p0', 'p1', 'p2')),
    owner_id      uuid not null,
    org           text not null,
    state         text not null check (state in ('filed', 'taken', 'replied')),
    filed_at      timestamptz not null,
    respond_by    timestamptz not null,
    reply_by      timestamptz not null,
    taken_by      uuid,
    taken_at      timestamptz,
    replied_by    uuid,
    replied_at    timestamptz,
    -- {"feasible", "approach", "resources", "schedule", "deliverable"}
    reply         jsonb,
    response_late boolean not null default false,
    reply_late    boolean not null default false,
    version       bigint not null,
    check ((taken_at is null) = (taken_by is null)),
    check ((state = 'replied') = (replied_at is not null)),
    check ((replied_at is null) = (reply is null))
);
create index requests_by_time on delivery.requests (tenant_id, filed_at desc, id desc);

alter table delivery.requests enable row level security;
alter table delivery.requests force row level security;
create policy tenant on delivery.requests
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
