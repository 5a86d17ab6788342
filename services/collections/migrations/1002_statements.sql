-- Bank statements, their entries, and what of them was posted to receivables.

create table collections.statements (
    id          uuid primary key,
    tenant_id   uuid not null,
    -- Of the file's bytes.
    sha256      text not null,
    -- Whose entries they are, sorted, written as `entry_key` has them: a CSV may leave it to the upload to say.
    accounts    text[] not null,
    format      text not null check (format in ('camt053', 'csv')),
    entries     integer not null,
    matched     integer not null,
    queued      integer not null,
    ignored     integer not null,
    repeated    integer not null,
    -- Rows that could not be read: line, field, code, reason.
    errors      jsonb not null,
    imported_by uuid not null,
    imported_at timestamptz not null
);
-- A file without errors is read once; one with errors may come again, its good entries count as repeated.
create unique index statements_complete on collections.statements (tenant_id, sha256, accounts) where errors = '[]'::jsonb;

create table collections.statement_entries (
    id             uuid primary key,
    tenant_id      uuid not null,
    statement_id   uuid not null references collections.statements,
    -- Account and the bank's reference, or a hash of the fields where the bank gives none.
    entry_key      text not null,
    line           integer not null,
    account        text not null,
    booked_at      timestamptz not null,
    direction      text not null check (direction in ('credit', 'debit')),
    amount         bigint not null check (amount > 0),
    currency       text not null,
    bank_reference text,
    end_to_end_id  text,
    counterparty   text not null,
    remittance     text not null,
    state          text not null check (state in ('matched', 'queued', 'ignored')),
    -- Why it is in that state, for people.
    explanation    jsonb not null,
    -- Receivables that came into question, best first.
    suggestions    jsonb not null,
    receivable_id  uuid references collections.receivables,
    decided_by     uuid,
    decided_at     timestamptz,
    unique (tenant_id, entry_key),
    check ((state = 'matched') = (receivable_id is not null))
);
create index statement_entries_by_state on collections.statement_entries (tenant_id, state, booked_at desc, id desc);

create table collections.payments (
    id             uuid primary key,
    tenant_id      uuid not null,
    receivable_id  uuid not null references collections.receivables,
    -- One entry is one payment: never doubled.
    entry_id       uuid not null unique references collections.statement_entries,
    amount         bigint not null check (amount > 0),
    unallocated    bigint not null check (unallocated between 0 and amount),
    bank_reference text,
    booked_at      timestamptz not null,
    explanation    jsonb not null,
    posted_by      uuid not null,
    posted_at      timestamptz not null
);
create index payments_of_receivable on collections.payments (receivable_id, posted_at);

-- Which part of a payment filled which instalment.
create table collections.allocations (
    tenant_id     uuid not null,
    payment_id    uuid not null references collections.payments,
    receivable_id uuid not null,
    position      smallint not null,
    amount        bigint not null check (amount > 0),
    primary key (payment_id, position),
    foreign key (receivable_id, position) references collections.instalments (receivable_id, position)
);

do $$
declare t text;
begin
    foreach t in array array['statements', 'statement_entries', 'payments', 'allocations'] loop
        execute format('alter table collections.%I enable row level security', t);
        execute format('alter table collections.%I force row level security', t);
        execute format('create policy tenant on collections.%I using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
