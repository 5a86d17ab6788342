-- The library of objections, and what was asked and answered after visits.

create table ai_qa.objections (
    id          uuid primary key,
    tenant_id   uuid not null,
    text        text not null,
    industry    text,
    customer_id uuid,
    withdrawn   boolean not null default false,
    created_by  uuid not null,
    created_at  timestamptz not null,
    version     bigint not null,
    check (industry is not null or customer_id is not null)
);
create index objections_by_customer on ai_qa.objections (tenant_id, customer_id) where not withdrawn;
create index objections_by_industry on ai_qa.objections (tenant_id, industry) where not withdrawn;
create index objections_by_time on ai_qa.objections (tenant_id, created_at desc, id desc);

alter table ai_qa.objections enable row level security;
alter table ai_qa.objections force row level security;
create policy tenant on ai_qa.objections using (sluice_in_tenant(tenant_id));

create table ai_qa.reviews (
    id             uuid primary key,
    tenant_id      uuid not null,
    org            text not null,
    -- The rep who visited and answers.
    owner_id       uuid not null,
    visit_id       uuid not null,
    customer_id    uuid not null,
    objection_id   uuid not null references ai_qa.objections,
    -- As it was when it was drawn.
    objection_text text not null,
    state          text not null,
    answer         text,
    recording_id   uuid references ai_qa.recordings,
    coach_id       uuid,
    decision       text,
    comment        text,
    drawn_at       timestamptz not null,
    answered_at    timestamptz,
    decided_at     timestamptz,
    version        bigint not null,
    unique (tenant_id, visit_id)
);
create index reviews_by_time on ai_qa.reviews (tenant_id, drawn_at desc, id desc);

alter table ai_qa.reviews enable row level security;
alter table ai_qa.reviews force row level security;
create policy tenant on ai_qa.reviews
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
