-- How many deliveries a week can take, and who takes them.

create table delivery.weeks (
    id        uuid primary key,
    tenant_id uuid not null,
    monday    date not null check (extract(isodow from monday) = 1),
    -- Nobody has set a number: the configured default counts.
    slots     integer check (slots between 0 and 100000),
    version   bigint not null,
    unique (tenant_id, monday)
);

create table delivery.bookings (
    delivery_id   uuid primary key references delivery.deliveries,
    tenant_id     uuid not null,
    monday        date not null,
    -- The week was full and a delivery manager booked it all the same.
    over_capacity boolean not null,
    booked_at     timestamptz not null
);
create index bookings_by_week on delivery.bookings (tenant_id, monday);

-- Places kept for opportunities that are about to be signed.
create table delivery.capacity_locks (
    id             uuid primary key,
    tenant_id      uuid not null,
    opportunity_id uuid not null,
    monday         date not null,
    locked_by      uuid not null,
    locked_at      timestamptz not null,
    released_at    timestamptz,
    version        bigint not null
);
create unique index capacity_locks_held on delivery.capacity_locks (tenant_id, opportunity_id) where released_at is null;
create index capacity_locks_by_week on delivery.capacity_locks (tenant_id, monday) where released_at is null;

do $$
declare t text;
begin
    foreach t in array array['weeks', 'bookings', 'capacity_locks'] loop
        execute format('alter table delivery.%I enable row level security', t);
        execute format('alter table delivery.%I force row level security', t);
        execute format('create policy tenant on delivery.%I using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
