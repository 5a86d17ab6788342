-- The organisation directory: tenants, the tree of their organisation, and their people.

create table gateway.tenants (
    id uuid primary key,
    -- Typed at sign-in.
    slug text not null unique,
    name text not null,
    created_at timestamptz not null
);

create table gateway.org_units (
    tenant_id uuid not null references gateway.tenants (id),
    -- From the root, '/' first and last.
    path text not null,
    name text not null,
    -- group, brand, region, dealer, store, department
    kind text not null,
    created_at timestamptz not null,
    primary key (tenant_id, path)
);

create table gateway.people (
    id uuid primary key,
    tenant_id uuid not null,
    org text not null,
    name text not null,
    roles text[] not null,
    login text,
    email text,
    phone text,
    -- zh-CN or en
    language text not null,
    active boolean not null,
    -- argon2id in PHC form; nobody without one signs in with a password.
    password text,
    version bigint not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    foreign key (tenant_id, org) references gateway.org_units (tenant_id, path)
);

create unique index people_login on gateway.people (tenant_id, lower(login));
create unique index people_email on gateway.people (tenant_id, lower(email));
create index people_org on gateway.people (tenant_id, org);
create index people_list on gateway.people (tenant_id, name, id);

alter table gateway.tenants enable row level security;
alter table gateway.tenants force row level security;
create policy tenant on gateway.tenants
    using (sluice_in_tenant(id)) with check (sluice_in_tenant(id));

alter table gateway.org_units enable row level security;
alter table gateway.org_units force row level security;
create policy tenant on gateway.org_units
    using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

alter table gateway.people enable row level security;
alter table gateway.people force row level security;
create policy tenant on gateway.people
    using (sluice_visible(tenant_id, org, id)) with check (sluice_in_tenant(tenant_id));
