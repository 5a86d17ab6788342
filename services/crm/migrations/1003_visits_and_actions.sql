-- What reps do with customers: visits as they happened, actions as planned and done.

create table crm.visits (
    id             uuid primary key,
    tenant_id      uuid not null,
    customer_id    uuid not null references crm.customers,
    opportunity_id uuid references crm.opportunities,
    -- Given by the device that recorded the visit, perhaps without a network.
    client_id      text,
    decision_chain text[] not null,
    note           text,
    recording_id   text,
    -- How far the recording has become the summary; nothing where there is none.
    draft          text,
    pain           text,
    competitor     text,
    next_step      text not null,
    next_step_at   timestamptz not null,
    visited_at     timestamptz not null,
    org            text not null,
    owner_id       uuid not null,
    version        bigint not null,
    created_at     timestamptz not null,
    check (note is not null or recording_id is not null),
    check ((draft is null) = (recording_id is null))
);
create unique index visits_by_client_id on crm.visits (tenant_id, owner_id, client_id) where client_id is not null;
create index visits_by_recording on crm.visits (tenant_id, recording_id) where recording_id is not null;
create index visits_by_time on crm.visits (tenant_id, visited_at desc, id desc);
create index visits_by_customer on crm.visits (customer_id);

alter table crm.visits enable row level security;
alter table crm.visits force row level security;
create policy tenant on crm.visits
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

create table crm.actions (
    id                   uuid primary key,
    tenant_id            uuid not null,
    opportunity_id       uuid not null references crm.opportunities,
    customer_id          uuid not null references crm.customers,
    kind                 text not null,
    planned_at           timestamptz not null,
    purpose              text not null,
    done_at              timestamptz,
    -- The value of the field that only this kind of action has.
    own_value            text,
    recording_id         text,
    summary              text,
    linked_communication text,
    next_step            text,
    next_step_at         timestamptz,
    org                  text not null,
    owner_id             uuid not null,
    version              bigint not null,
    created_at           timestamptz not null,
    check (done_at is null or recording_id is not null or summary is not null)
);
create index actions_done_by_owner on crm.actions (tenant_id, owner_id, done_at) where done_at is not null;
create index actions_by_time on crm.actions (tenant_id, planned_at desc, id desc);
create index actions_by_opportunity on crm.actions (opportunity_id);

alter table crm.actions enable row level security;
alter table crm.actions force row level security;
create policy tenant on crm.actions
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
