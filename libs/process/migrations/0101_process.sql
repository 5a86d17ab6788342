-- Process definitions as published by each tenant, approvals, and holiday years loaded over the built-in ones.

create table process_definitions (
    tenant_id    uuid        not null,
    name         text        not null,
    version      integer     not null check (version > 0),
    source       text        not null,
    published_at timestamptz not null,
    published_by uuid        not null,
    primary key (tenant_id, name, version)
);

create table process_calendar_years (
    tenant_id uuid        not null,
    year      integer     not null,
    revision  integer     not null check (revision > 0),
    source    text        not null,
    loaded_at timestamptz not null,
    loaded_by uuid        not null,
    primary key (tenant_id, year, revision)
);

-- A record stays explainable under the definition and the calendar that judged it: neither is ever changed.
create function process_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger process_definitions_append_only before update or delete on process_definitions
    for each row execute function process_refuse_change();
create trigger process_calendar_years_append_only before update or delete on process_calendar_years
    for each row execute function process_refuse_change();

create table process_approvals (
    tenant_id      uuid        not null,
    id             uuid        not null,
    subject_kind   text        not null,
    subject_id     uuid        not null,
    rule           text        not null,
    submitter      uuid        not null,
    submitter_role text        not null,
    policy         text        not null check (policy in ('all', 'any', 'in_order')),
    two_roles      boolean     not null,
    copies         uuid[]      not null default '{}',
    status         text        not null check (status in ('pending', 'approved', 'rejected', 'withdrawn')),
    reason         text,
    requested_at   timestamptz not null,
    decided_at     timestamptz,
    withdrawn_at   timestamptz,
    primary key (tenant_id, id),
    check ((status in ('approved', 'rejected')) = (decided_at is not null)),
    check ((status = 'withdrawn') = (withdrawn_at is not null))
);

-- One subject has at most one open request under one rule.
create unique index process_approvals_open on process_approvals (tenant_id, subject_kind, subject_id, rule)
    where status = 'pending';
create index process_approvals_subject on process_approvals (tenant_id, subject_kind, subject_id);

create table process_approval_steps (
    tenant_id      uuid        not null,
    id             uuid        not null,
    approval_id    uuid        not null,
    position       integer     not null check (position >= 0),
    role           text        not null,
    approver       uuid        not null,
    state          text        not null check (state in ('waiting', 'approved', 'rejected', 'skipped', 'merged')),
    asked_at       timestamptz,
    opened_at      timestamptz,
    decided_at     timestamptz,
    idle           interval generated always as (decided_at - opened_at) stored,
    decided_role   text,
    reason         text,
    delegated_from uuid,
    delegated_to   uuid,
    delegated_at   timestamptz,
    escalated_from uuid,
    escalated_at   timestamptz,
    added_by       uuid,
    primary key (tenant_id, id),
    foreign key (tenant_id, approval_id) references process_approvals (tenant_id, id) on delete cascade,
    check ((state in ('approved', 'rejected')) = (decided_at is not null)),
    check ((decided_at is null) = (decided_role is null))
);

create index process_approval_steps_approval on process_approval_steps (tenant_id, approval_id, position);
create index process_approval_steps_waiting on process_approval_steps (tenant_id, approver, asked_at)
    where state = 'waiting' and asked_at is not null;

alter table process_definitions enable row level security;
alter table process_definitions force row level security;
create policy tenant on process_definitions using (sluice_in_tenant(tenant_id));

alter table process_calendar_years enable row level security;
alter table process_calendar_years force row level security;
create policy tenant on process_calendar_years using (sluice_in_tenant(tenant_id));

alter table process_approvals enable row level security;
alter table process_approvals force row level security;
create policy tenant on process_approvals using (sluice_in_tenant(tenant_id));

alter table process_approval_steps enable row level security;
alter table process_approval_steps force row level security;
create policy tenant on process_approval_steps using (sluice_in_tenant(tenant_id));
