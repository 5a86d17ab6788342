-- The clause library.
create table quote_contract.clauses (
    tenant_id  uuid        not null,
    id         uuid        primary key,
    code       text        not null,
    -- The latest revision, published or not.
    revision   integer     not null check (revision > 0),
    version    bigint      not null check (version > 0),
    updated_at timestamptz not null,
    unique (tenant_id, code)
);

create table quote_contract.clause_revisions (
    tenant_id      uuid        not null,
    clause_id      uuid        not null references quote_contract.clauses,
    revision       integer     not null,
    title          text        not null,
    body           text        not null,
    kind           text        not null check (kind in ('business', 'locked')),
    required_for   jsonb       not null,
    effective_from timestamptz not null,
    sha256         text        not null,
    published_at   timestamptz,
    published_by   uuid,
    created_at     timestamptz not null,
    created_by     uuid        not null,
    primary key (clause_id, revision)
);

create function quote_contract.refuse_published_change() returns trigger language plpgsql as $$
begin
    if old.published_at is not null then
        raise exception 'a published clause revision cannot be changed' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger clause_revisions_published before update or delete on quote_contract.clause_revisions
    for each row execute function quote_contract.refuse_published_change();

create table quote_contract.contracts (
    tenant_id       uuid        not null,
    id              uuid        primary key,
    number          text        not null,
    quote_id        uuid        not null references quote_contract.quotes,
    quote_revision  integer     not null,
    opportunity_id  uuid        not null,
    customer_id     uuid        not null,
    company         text        not null,
    owner_id        uuid        not null,
    org             text        not null,
    status          text        not null check (status in ('draft', 'pending_approval', 'approved', 'rejected', 'signing', 'signed')),
    terms           jsonb       not null,
    currency        text        not null,
    total           bigint      not null,
    clauses_sha256  text        not null,
    approval_id     uuid,
    signed_at       timestamptz,
    signed_sha256   text,
    version         bigint      not null check (version > 0),
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    unique (tenant_id, number),
    unique (quote_id, quote_revision),
    check ((status = 'signed') = (signed_sha256 is not null))
);
create index contracts_by_age on quote_contract.contracts (tenant_id, created_at desc, id desc);

create table quote_contract.contract_clauses (
    tenant_id      uuid    not null,
    contract_id    uuid    not null references quote_contract.contracts,
    position       integer not null,
    clause_id      uuid    not null references quote_contract.clauses,
    code           text    not null,
    revision       integer not null,
    kind           text    not null check (kind in ('business', 'locked')),
    title          text    not null,
    body           text    not null,
    sha256         text    not null,
    library_sha256 text    not null,
    primary key (contract_id, code)
);

-- Locked clauses cannot be changed by anybody, by any way; nothing of a signed contract can.
create function quote_contract.refuse_locked_change() returns trigger language plpgsql as $$
begin
    if old.kind = 'locked' then
        raise exception 'clause % is locked', old.code using errcode = 'restrict_violation';
    end if;
    if exists (select from quote_contract.contracts where id = old.contract_id and status = 'signed') then
        raise exception 'the contract is signed' using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger contract_clauses_locked before update or delete on quote_contract.contract_clauses
    for each row execute function quote_contract.refuse_locked_change();

-- Only its version moves on: attempts to change it are evidence too.
create function quote_contract.refuse_signed_change() returns trigger language plpgsql as $$
begin
    if old.status = 'signed'
       and (tg_op = 'DELETE' or to_jsonb(new) - 'version' is distinct from to_jsonb(old) - 'version') then
        raise exception 'contract % is signed', old.number using errcode = 'restrict_violation';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger contracts_signed before update or delete on quote_contract.contracts
    for each row execute function quote_contract.refuse_signed_change();

create table quote_contract.signatures (
    tenant_id   uuid        not null,
    contract_id uuid        not null references quote_contract.contracts,
    party       text        not null check (party in ('ours', 'customer')),
    signer_name text        not null,
    format      text        not null check (format in ('svg_path', 'png')),
    data        text        not null,
    sha256      text        not null,
    signed_at   timestamptz not null,
    captured_by uuid        not null,
    primary key (contract_id, party)
);

-- The file that was signed, fixed by its hash.
create table quote_contract.signed_files (
    tenant_id   uuid  not null,
    contract_id uuid  primary key references quote_contract.contracts,
    sha256      text  not null,
    pdf         bytea not null
);

-- One application per contract: the database refuses a second one.
create table quote_contract.invoice_applications (
    tenant_id   uuid        not null,
    id          uuid        primary key,
    number      text        not null,
    contract_id uuid        not null unique references quote_contract.contracts,
    customer_id uuid        not null,
    amount      bigint      not null,
    tax         bigint      not null,
    currency    text        not null,
    tax_rate    text        not null,
    account     text        not null,
    applied_at  timestamptz not null,
    unique (tenant_id, number)
);

-- Which approval concerns what, so that lists and rights know the node and the responsible person.
create table quote_contract.approval_cases (
    tenant_id          uuid        not null,
    id                 uuid        primary key,
    subject_kind       text        not null check (subject_kind in ('quote', 'contract')),
    subject_id         uuid        not null,
    subject_revision   integer     not null,
    subject_number     text        not null,
    owner_id           uuid        not null,
    org                text        not null,
    reasons            jsonb       not null,
    definition         text        not null,
    definition_version integer     not null,
    version            bigint      not null check (version >= 0),
    requested_at       timestamptz not null
);

do $$
declare t text;
begin
    foreach t in array array['clauses', 'clause_revisions', 'contract_clauses', 'signatures', 'signed_files',
                             'invoice_applications'] loop
        execute format('alter table quote_contract.%I enable row level security', t);
        execute format('alter table quote_contract.%I force row level security', t);
        execute format('create policy tenant on quote_contract.%I using (sluice_in_tenant(tenant_id))', t);
    end loop;
    foreach t in array array['contracts', 'approval_cases'] loop
        execute format('alter table quote_contract.%I enable row level security', t);
        execute format('alter table quote_contract.%I force row level security', t);
        execute format('create policy tenant on quote_contract.%I using (sluice_visible(tenant_id, org, owner_id))
                        with check (sluice_in_tenant(tenant_id))', t);
    end loop;
end $$;
