-- The write path every service shares: evidence, outbox, inbox, idempotency, timers, dead letters, ledger.
-- Created inside each service's own schema; names are unqualified on purpose.

-- Insert-only evidence. `record` is the exact text that was hashed. `position` is the order of publishing: an
-- aggregate's next version is written after the one before it is visible, so its position is higher.
create table journal (
    event_id     uuid primary key,
    position     bigint generated always as identity,
    tenant_id    uuid not null,
    aggregate    text not null,
    aggregate_id uuid not null,
    version      bigint not null check (version > 0),
    type         text not null,
    occurred_at  timestamptz not null,
    traceparent  text,
    record       text not null,
    hash         bytea not null,
    unique (aggregate_id, version)
);
create index journal_by_time on journal (tenant_id, occurred_at);

-- Salts of committed personal data; deleting one erases the link and keeps the proof.
create table journal_salts (
    event_id  uuid not null references journal,
    tenant_id uuid not null,
    name      text not null,
    salt      bytea not null,
    primary key (event_id, name)
);

-- Records that wait to be published, each inserted with its journal row. Publishing deletes them; what the broker
-- lost later is inserted again. No foreign key: the journal is never deleted from, and checking would cost every write.
create table outbox (
    position  bigint primary key,
    event_id  uuid not null,
    tenant_id uuid not null,
    -- Already a leaf of the ledger: published before, and lost by the broker.
    sealed    boolean not null default false
);

-- What the broker has acknowledged: one row per batch, events and their stream sequences in the same order.
create table published (
    last_sequence bigint not null,
    event_ids     uuid[] not null,
    sequences     bigint[] not null,
    published_at  timestamptz not null
);
create index published_by_sequence on published (last_sequence);

create table inbox (
    consumer  text not null,
    event_id  uuid not null,
    tenant_id uuid not null,
    done_at   timestamptz not null,
    primary key (consumer, event_id)
);

-- Idempotency keys and what was answered the first time.
create table commands (
    tenant_id    uuid not null,
    principal_id uuid not null,
    key          text not null,
    fingerprint  bytea not null,
    answer       text,
    created_at   timestamptz not null,
    primary key (tenant_id, principal_id, key)
);
create index commands_by_age on commands (created_at);

create table timers (
    id           uuid primary key,
    tenant_id    uuid not null,
    aggregate    text not null,
    aggregate_id uuid not null,
    kind         text not null,
    generation   integer not null,
    due_at       timestamptz not null,
    payload      jsonb not null,
    fired_at     timestamptz,
    attempts     integer not null default 0,
    -- When it is tried next: at first when it is due, after a refusal some seconds later.
    next_try_at  timestamptz not null,
    unique (aggregate_id, kind, generation)
);
create index timers_next on timers (next_try_at) where fired_at is null;

create table dead_letters (
    id          uuid primary key,
    tenant_id   uuid not null,
    consumer    text not null,
    event_id    uuid not null,
    subject     text not null,
    headers     jsonb not null,
    payload     text not null,
    -- The problem that the reaction answered: its code, its sentence in both languages, what the log says.
    code        text not null,
    reason      jsonb not null,
    detail      text,
    attempts    integer not null,
    failed_at   timestamptz not null,
    replayed_at timestamptz,
    unique (consumer, event_id)
);

-- The last version of each aggregate that a projection has applied.
create table projected_versions (
    consumer     text not null,
    aggregate_id uuid not null,
    version      bigint not null,
    primary key (consumer, aggregate_id)
);

-- One relay at a time works a service's outbox.
create table relay_lease (
    name  text primary key,
    holder uuid not null,
    until timestamptz not null
);

-- The stream that was published to: another creation time means that the broker was replaced.
create table broker_streams (
    stream  text primary key,
    created text not null
);

create table ledger_trees (
    tenant_id       uuid primary key,
    size            bigint not null,
    frontier        bytea not null,
    checkpoint_size bigint not null default 0
);

-- Leaves in log order, a row for each run that was appended together: `event_ids[1]` is leaf `first_index`.
create table ledger_leaves (
    tenant_id   uuid not null,
    first_index bigint not null,
    event_ids   uuid[] not null,
    primary key (tenant_id, first_index)
);
-- Ids do not compress; trying to would be most of the cost of appending.
alter table ledger_leaves alter event_ids set storage external;
alter table published alter event_ids set storage external;

create table ledger_checkpoints (
    tenant_id uuid not null,
    size      bigint not null,
    note      text not null,
    signed_at timestamptz not null,
    primary key (tenant_id, size)
);

do $$
declare t text;
begin
    foreach t in array array['journal', 'journal_salts', 'outbox', 'inbox', 'commands', 'timers', 'dead_letters',
                             'ledger_trees', 'ledger_leaves', 'ledger_checkpoints'] loop
        execute format('alter table %I enable row level security', t);
        execute format('alter table %I force row level security', t);
        execute format('create policy tenant on %I using (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
