-- Leads, who they are recognised by, and every decision about whose they are.

create table lead_routing.leads (
    id                 uuid primary key,
    tenant_id          uuid not null,
    org                text not null,
    owner_id           uuid,
    state              text not null
        check (state in ('unassigned', 'assigned', 'touched', 'screened', 'converted', 'duplicate')),
    version            bigint not null,
    -- Counts how often the lead was queued or given to somebody: deadlines belong to one generation.
    generation         integer not null,
    source             text not null,
    source_detail      text,
    external_reference text,
    company            text not null,
    credit_code        text,
    contact_name       text,
    contact_phone      text,
    contact_email      text,
    domain             text,
    industry           text,
    region             text,
    budget_minor       bigint check (budget_minor > 0),
    currency           text,
    note               text,
    received_at        timestamptz not null,
    assigned_at        timestamptz,
    touch_due_at       timestamptz,
    touched_at         timestamptz,
    avatar             text,
    nickname           text,
    first_chat_at      timestamptz,
    screened_at        timestamptz,
    -- Who had it last and shall not get it again by routing.
    released_by        uuid,
    duplicate_of       uuid references lead_routing.leads,
    matched_by         text,
    customer_id        uuid,
    opportunity_id     uuid,
    -- When routing last looked at it in the queue and found nobody.
    tried_at           timestamptz,
    check ((budget_minor is null) = (currency is null)),
    check ((state = 'duplicate') = (duplicate_of is not null)),
    check (state in ('unassigned', 'duplicate') or owner_id is not null)
);
create index leads_by_time on lead_routing.leads (tenant_id, received_at, id);
create index leads_by_owner on lead_routing.leads (owner_id, received_at) where owner_id is not null;
create index leads_queued on lead_routing.leads (tried_at nulls first, received_at) where state = 'unassigned';
create index leads_repeating on lead_routing.leads (duplicate_of) where duplicate_of is not null;

-- One row per thing that a company is recognised by; its primary key decides which of two concurrent leads came first.
create table lead_routing.lead_keys (
    tenant_id uuid not null,
    kind      text not null check (kind in ('reference', 'credit_code', 'phone', 'company_name', 'domain')),
    key       text not null,
    lead_id   uuid not null,
    primary key (tenant_id, kind, key)
);

-- Every decision, with what was looked at: rules tried, people considered and skipped, load figures of that moment.
create table lead_routing.assignments (
    id              uuid primary key,
    tenant_id       uuid not null,
    lead_id         uuid not null references lead_routing.leads,
    at              timestamptz not null,
    -- Empty when nobody fitted and the lead was queued.
    rep_id          uuid,
    previous_rep_id uuid,
    org             text not null,
    how             text not null
        check (how in ('rule', 'manual', 'recall', 'fallback', 'owner_kept', 'queued', 'returned')),
    rule_id         uuid,
    rule            text,
    reason          text,
    decided_by      uuid not null,
    explanation     jsonb not null
);
create index assignments_by_lead on lead_routing.assignments (lead_id, at);
create index assignments_by_time on lead_routing.assignments (tenant_id, at);

alter table lead_routing.leads enable row level security;
alter table lead_routing.leads force row level security;
create policy tenant on lead_routing.leads
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

alter table lead_routing.lead_keys enable row level security;
alter table lead_routing.lead_keys force row level security;
create policy tenant on lead_routing.lead_keys
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

alter table lead_routing.assignments enable row level security;
alter table lead_routing.assignments force row level security;
create policy tenant on lead_routing.assignments
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

-- Every contact, with the carriers that prove it.
create table lead_routing.lead_touches (
    id        uuid primary key,
    tenant_id uuid not null,
    lead_id   uuid not null references lead_routing.leads,
    rep_id    uuid not null,
    at        timestamptz not null,
    evidence  jsonb not null,
    note      text
);
create index lead_touches_by_lead on lead_routing.lead_touches (lead_id, at);
alter table lead_routing.lead_touches enable row level security;
alter table lead_routing.lead_touches force row level security;
create policy tenant on lead_routing.lead_touches
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
