create table quote_contract.quotes (
    tenant_id      uuid        not null,
    id             uuid        primary key,
    number         text        not null,
    opportunity_id uuid        not null,
    customer_id    uuid        not null,
    company        text        not null,
    -- What the opportunity is about.
    subject        text        not null,
    owner_id       uuid        not null,
    org            text        not null,
    -- The latest revision and where it stands.
    revision       integer     not null check (revision > 0),
    status         text        not null,
    currency       text        not null,
    total          bigint      not null,
    version        bigint      not null check (version > 0),
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    unique (tenant_id, number)
);
create index quotes_by_opportunity on quote_contract.quotes (tenant_id, opportunity_id);
create index quotes_by_age on quote_contract.quotes (tenant_id, created_at desc, id desc);

create table quote_contract.quote_revisions (
    tenant_id         uuid        not null,
    quote_id          uuid        not null references quote_contract.quotes,
    revision          integer     not null check (revision > 0),
    customer_id       uuid        not null,
    opportunity_id    uuid        not null,
    status            text        not null check (status in ('draft', 'pending_approval', 'approved', 'sent', 'rejected',
                                                             'superseded', 'expired', 'contracted')),
    document          jsonb       not null,
    content_sha256    text        not null,
    verification_code text        not null unique,
    submitted_by      uuid,
    approval_id       uuid,
    approved_by       uuid,
    approved_how      text check (approved_how in ('authority', 'approval')),
    approved_at       timestamptz,
    valid_until       timestamptz,
    sent_at           timestamptz,
    pdf               bytea,
    pdf_sha256        text,
    created_at        timestamptz not null,
    primary key (quote_id, revision),
    check ((pdf is null) = (pdf_sha256 is null)),
    check (status not in ('approved', 'sent') or (approved_at is not null and valid_until is not null))
);

-- One live promise per customer and opportunity, whatever the code above believes.
create unique index quote_revisions_live on quote_contract.quote_revisions (tenant_id, customer_id, opportunity_id)
    where status in ('approved', 'sent');

-- What was submitted stays as it was judged.
create function quote_contract.refuse_submitted_change() returns trigger language plpgsql as $$
begin
    if old.status <> 'draft' and (new.document is distinct from old.document
                                  or new.content_sha256 is distinct from old.content_sha256) then
        raise exception 'a submitted quote revision cannot be changed' using errcode = 'restrict_violation';
    end if;
    if old.pdf is not null and new.pdf is distinct from old.pdf then
        raise exception 'a sent quote document cannot be changed' using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger quote_revisions_submitted before update on quote_contract.quote_revisions
    for each row execute function quote_contract.refuse_submitted_change();

alter table quote_contract.quotes enable row level security;
alter table quote_contract.quotes force row level security;
create policy tenant on quote_contract.quotes
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
alter table quote_contract.quote_revisions enable row level security;
alter table quote_contract.quote_revisions force row level security;
create policy tenant on quote_contract.quote_revisions using (sluice_in_tenant(tenant_id));
