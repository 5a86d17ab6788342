-- What somebody looks at again and again: a screen's filters under a name.

create table gateway.saved_views (
    id uuid primary key,
    tenant_id uuid not null,
    person_id uuid not null references gateway.people (id),
    screen text not null,
    name text not null,
    -- The screen's address after the question mark.
    query text not null,
    -- Opened when the screen is opened without filters.
    is_default boolean not null,
    version bigint not null,
    changed_at timestamptz not null
);

create unique index saved_views_name on gateway.saved_views (person_id, screen, name);
create unique index saved_views_default on gateway.saved_views (person_id, screen) where is_default;

alter table gateway.saved_views enable row level security;
alter table gateway.saved_views force row level security;
create policy tenant on gateway.saved_views
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
