-- Public forms and imports of files.

create table lead_routing.lead_forms (
    id         uuid primary key,
    tenant_id  uuid not null,
    code       text not null unique,
    org        text not null,
    exhibition text not null,
    source     text not null,
    region     text,
    industry   text,
    created_at timestamptz not null,
    created_by uuid not null
);

create table lead_routing.lead_imports (
    id          uuid primary key,
    tenant_id   uuid not null,
    org         text not null,
    owner_id    uuid not null,
    encoding    text not null,
    rows        integer not null,
    ignored     text[] not null,
    started_at  timestamptz not null,
    finished_at timestamptz
);

-- One row per row of a file; its primary key makes a repeated import do nothing.
create table lead_routing.lead_import_rows (
    import_id uuid not null references lead_routing.lead_imports,
    row       integer not null,
    tenant_id uuid not null,
    status    text not null check (status in ('accepted', 'duplicate', 'rejected')),
    lead_id   uuid,
    errors    jsonb not null,
    -- What the file said, kept for rows that could not become a lead.
    raw       jsonb,
    primary key (import_id, row)
);

do $$
declare t text;
begin
    foreach t in array array['lead_forms', 'lead_import_rows'] loop
        execute format('alter table lead_routing.%I enable row level security', t);
        execute format('alter table lead_routing.%I force row level security', t);
        execute format('create policy tenant on lead_routing.%I
            using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;

alter table lead_routing.lead_imports enable row level security;
alter table lead_routing.lead_imports force row level security;
create policy tenant on lead_routing.lead_imports
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
