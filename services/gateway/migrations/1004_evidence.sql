-- Whatever is decided here is journalled: what has a life of its own has an id and a version, 0 while nothing is said of it.

alter table gateway.tenants add column version bigint not null default 0;

-- A path that is removed and added again is another unit.
alter table gateway.org_units
    add column id uuid not null default gen_random_uuid() unique,
    add column version bigint not null default 0;
alter table gateway.org_units alter column id drop default;

alter table gateway.sessions add column version bigint not null default 0;
