-- Tables of the small service that the runtime's own tests run.
create table lead_routing.notes (
    id        uuid primary key,
    tenant_id uuid not null,
    text      text not null,
    version   bigint not null
);
alter table lead_routing.notes enable row level security;
alter table lead_routing.notes force row level security;
create policy tenant on lead_routing.notes using (sluice_in_tenant(tenant_id));
