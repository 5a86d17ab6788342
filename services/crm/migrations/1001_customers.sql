-- Customers, the people there, and what other services saw happen with them.

create table crm.customers (
    id                uuid primary key,
    tenant_id         uuid not null,
    company           text not null,
    -- What two spellings of one company have in common.
    normalised_name   text not null,
    credit_code       text,
    industry          text not null,
    region            text not null,
    store_tier        text not null check (store_tier in ('ka', 'community', 'standard')),
    tags              text[] not null,
    -- Drawings and links: [{"title", "url", "kind"}]
    links             jsonb not null,
    grade             text not null check (grade in ('A', 'B', 'C', 'D')),
    grade_reason      jsonb not null,
    health            text not null check (health in ('red', 'yellow', 'green')),
    health_score      integer not null,
    health_reasons    jsonb not null,
    last_contact_at   timestamptz not null,
    org               text not null,
    owner_id          uuid not null,
    lead_id           uuid,
    -- Numbers the timers that judge the customer again.
    review_generation integer not null,
    version           bigint not null,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);
create unique index customers_by_credit_code on crm.customers (tenant_id, credit_code) where credit_code is not null;
create index customers_by_name on crm.customers (tenant_id, normalised_name);
create index customers_by_time on crm.customers (tenant_id, created_at desc, id desc);

alter table crm.customers enable row level security;
alter table crm.customers force row level security;
create policy tenant on crm.customers
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

create table crm.contacts (
    id                 uuid primary key,
    tenant_id          uuid not null,
    customer_id        uuid not null references crm.customers,
    name               text not null,
    title              text not null,
    decision_authority text not null,
    budget_basis       text not null,
    phone              text not null,
    email              text not null,
    created_at         timestamptz not null
);
create index contacts_by_customer on crm.contacts (customer_id, created_at);

alter table crm.contacts enable row level security;
alter table crm.contacts force row level security;
create policy tenant on crm.contacts using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

-- The latest of each kind per contract, delivery and receivable; an older version never replaces a newer one.
create table crm.customer_facts (
    tenant_id    uuid not null,
    customer_id  uuid not null references crm.customers,
    kind         text not null check (kind in ('order', 'promise', 'acceptance', 'journey')),
    subject_id   uuid not null,
    value        text not null,
    amount_minor bigint,
    currency     text,
    at           timestamptz not null,
    version      bigint not null,
    primary key (tenant_id, kind, subject_id)
);
create index customer_facts_by_customer on crm.customer_facts (customer_id);

alter table crm.customer_facts enable row level security;
alter table crm.customer_facts force row level security;
create policy tenant on crm.customer_facts using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

-- A paid contract waits here until the customer is green; it asks for a repurchase once.
create table crm.repurchases (
    tenant_id    uuid not null,
    contract_id  uuid not null,
    customer_id  uuid not null references crm.customers,
    amount_minor bigint not null,
    currency     text not null,
    cleared_at   timestamptz not null,
    due_at       timestamptz,
    primary key (tenant_id, contract_id)
);
create index repurchases_waiting on crm.repurchases (customer_id) where due_at is null;

alter table crm.repurchases enable row level security;
alter table crm.repurchases force row level security;
create policy tenant on crm.repurchases using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
