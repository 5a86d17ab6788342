-- What other services' journals say, arranged for questions. Every row follows from one event.
--
-- `generation` is the nil uuid for what is shown; a rebuild fills a generation of its own beside it.

create table analytics.timeline (
    generation     uuid not null,
    event_id       uuid not null,
    tenant_id      uuid not null,
    service        text not null,
    event_type     text not null,
    aggregate      text not null,
    aggregate_id   uuid not null,
    version        bigint not null,
    at             timestamptz not null,
    actor_id       uuid not null,
    actor_role     text not null,
    correlation    uuid not null,
    causation      uuid,
    customer_id    uuid,
    opportunity_id uuid,
    lead_id        uuid,
    contract_id    uuid,
    -- From the payload; rows without are shown to those who see the whole tenant.
    org            text,
    owner_id       uuid,
    payload        jsonb not null,
    primary key (generation, event_id)
);
create index timeline_by_aggregate on analytics.timeline (generation, aggregate_id, version);
create index timeline_by_correlation on analytics.timeline (generation, correlation);
create index timeline_by_customer on analytics.timeline (generation, customer_id) where customer_id is not null;
create index timeline_by_opportunity on analytics.timeline (generation, opportunity_id) where opportunity_id is not null;
create index timeline_by_lead on analytics.timeline (generation, lead_id) where lead_id is not null;

alter table analytics.timeline enable row level security;
alter table analytics.timeline force row level security;
create policy tenant on analytics.timeline
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

-- Steps of the funnel (`milestone`) and stages that an opportunity entered (`stage`).
create table analytics.facts (
    generation     uuid not null,
    event_id       uuid not null,
    tenant_id      uuid not null,
    aggregate_id   uuid not null,
    version        bigint not null,
    kind           text not null,
    name           text not null,
    -- The record that reached the step: lead, opportunity, quote, contract, delivery or receivable.
    record_id      uuid not null,
    lead_id        uuid,
    opportunity_id uuid,
    contract_id    uuid,
    org            text,
    owner_id       uuid,
    at             timestamptz not null,
    primary key (generation, event_id)
);
create index facts_by_time on analytics.facts (generation, tenant_id, name, at);
create index facts_by_aggregate on analytics.facts (generation, aggregate_id, version);
create index facts_by_lead on analytics.facts (generation, lead_id) where lead_id is not null;
create index facts_by_opportunity on analytics.facts (generation, opportunity_id) where opportunity_id is not null;
create index facts_by_contract on analytics.facts (generation, contract_id) where contract_id is not null;

alter table analytics.facts enable row level security;
alter table analytics.facts force row level security;
-- Not every event names who is responsible: reports ask whether any fact about a lead or opportunity is visible.
create policy tenant on analytics.facts using (sluice_in_tenant(tenant_id));
