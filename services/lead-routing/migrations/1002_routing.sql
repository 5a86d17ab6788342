-- Rules, the people they choose from, and how much each of them has taken on.

create table lead_routing.routing_rules (
    id         uuid primary key,
    tenant_id  uuid not null,
    position   integer not null,
    name       text not null,
    enabled    boolean not null,
    version    bigint not null,
    condition  jsonb not null,
    action     jsonb not null,
    removed_at timestamptz
);
create index routing_rules_in_order on lead_routing.routing_rules (tenant_id, position) where removed_at is null;

-- Moves with every change of a tenant's rules, so that whoever keeps them in memory notices.
create table lead_routing.rule_sets (
    tenant_id uuid primary key,
    version   bigint not null
);

-- How many leads a rule with fixed percentages has given to whom.
create table lead_routing.rule_shares (
    tenant_id uuid not null,
    rule_id   uuid not null references lead_routing.routing_rules,
    person_id uuid not null,
    assigned  bigint not null,
    primary key (tenant_id, rule_id, person_id)
);

create table lead_routing.reps (
    tenant_id         uuid not null,
    person_id         uuid not null,
    org               text not null,
    name              text not null,
    version           bigint not null,
    active            boolean not null,
    paused            boolean not null,
    level             text not null check (level in ('novice', 'senior')),
    skills            text[] not null,
    daily_cap         integer check (daily_cap >= 0),
    open_limit        integer not null check (open_limit >= 0),
    last_signed_in_at timestamptz,
    travelling        boolean not null,
    leave_from        timestamptz,
    leave_to          timestamptz,
    hours             jsonb not null,
    on_duty           boolean not null,
    -- Moves with every change of the row: a choice made from an older one is not carried out.
    revision          bigint not null,
    open_count        integer not null check (open_count >= 0),
    day               date not null,
    day_assigned      integer not null,
    day_closed        integer not null,
    assigned_total    bigint not null,
    last_assigned_at  timestamptz,
    primary key (tenant_id, person_id)
) with (fillfactor = 70);

do $$
declare t text;
begin
    foreach t in array array['routing_rules', 'rule_sets', 'rule_shares'] loop
        execute format('alter table lead_routing.%I enable row level security', t);
        execute format('alter table lead_routing.%I force row level security', t);
        execute format('create policy tenant on lead_routing.%I
            using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;

alter table lead_routing.reps enable row level security;
alter table lead_routing.reps force row level security;
create policy tenant on lead_routing.reps
    using (sluice_visible(tenant_id, org, person_id)) with check (sluice_in_tenant(tenant_id));
