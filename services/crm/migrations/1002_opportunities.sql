-- Opportunities, what their gates look at, and the moments that must not be missed.

create table crm.opportunities (
    id                 uuid primary key,
    tenant_id          uuid not null,
    customer_id        uuid not null references crm.customers,
    lead_id            uuid,
    subject            text not null,
    stage              text not null,
    stage_since        timestamptz not null,
    -- The version of the process definition that judged the last move.
    definition_version integer not null,
    -- {"id", "title": {"zh", "en"}, "role"}
    next_action        jsonb,
    frozen             boolean not null,
    decision_chain     text[] not null,
    pain               text,
    competitors        text[] not null default '{}',
    lost_reason        text,
    planned_signing_at timestamptz,
    delivery_locked_at timestamptz,
    contract_id        uuid,
    org                text not null,
    owner_id           uuid not null,
    version            bigint not null,
    created_at         timestamptz not null,
    updated_at         timestamptz not null
);
create index opportunities_by_time on crm.opportunities (tenant_id, created_at desc, id desc);
create index opportunities_by_customer on crm.opportunities (customer_id);

alter table crm.opportunities enable row level security;
alter table crm.opportunities force row level security;
create policy tenant on crm.opportunities
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

create table crm.opportunity_budgets (
    tenant_id      uuid not null,
    opportunity_id uuid not null references crm.opportunities,
    kind           text not null check (kind in ('customer_stated', 'cost_floor', 'authorised_range')),
    low_minor      bigint not null,
    high_minor     bigint not null check (high_minor >= low_minor),
    currency       text not null,
    stated_by      uuid not null,
    stated_at      timestamptz not null,
    primary key (opportunity_id, kind)
);
alter table crm.opportunity_budgets enable row level security;
alter table crm.opportunity_budgets force row level security;
create policy tenant on crm.opportunity_budgets
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

create table crm.opportunity_evidence (
    id             uuid primary key,
    tenant_id      uuid not null,
    opportunity_id uuid not null references crm.opportunities,
    kind           text not null,
    name           text not null,
    reference      text not null,
    sha256         text,
    attached_by    uuid not null,
    attached_at    timestamptz not null
);
create index opportunity_evidence_of on crm.opportunity_evidence (opportunity_id, attached_at);
alter table crm.opportunity_evidence enable row level security;
alter table crm.opportunity_evidence force row level security;
create policy tenant on crm.opportunity_evidence
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

-- Quotes the customer has been sent.
create table crm.opportunity_quotes (
    quote_id       uuid primary key,
    tenant_id      uuid not null,
    opportunity_id uuid not null references crm.opportunities,
    number         text not null,
    pdf_sha256     text not null,
    valid_until    timestamptz,
    sent_at        timestamptz not null
);
create index opportunity_quotes_of on crm.opportunity_quotes (opportunity_id, sent_at);
alter table crm.opportunity_quotes enable row level security;
alter table crm.opportunity_quotes force row level security;
create policy tenant on crm.opportunity_quotes
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

create table crm.key_moments (
    id             uuid primary key,
    tenant_id      uuid not null,
    opportunity_id uuid not null references crm.opportunities,
    moment         text not null,
    -- Set for deadlines of the process: leaving this stage meets them.
    stage          text,
    started_at     timestamptz not null,
    due_at         timestamptz,
    tell           text[] not null,
    met_at         timestamptz,
    missed_at      timestamptz
);
create index key_moments_of on crm.key_moments (opportunity_id, started_at);
alter table crm.key_moments enable row level security;
alter table crm.key_moments force row level security;
create policy tenant on crm.key_moments using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
