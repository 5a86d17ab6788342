-- Recordings, the parts of those that are still arriving, and who was given what.

create table ai_qa.recordings (
    id            uuid primary key,
    tenant_id     uuid not null,
    org           text not null,
    owner_id      uuid not null,
    visit_id      uuid,
    -- What the client says it sends; the content decides.
    declared_type text,
    length        bigint not null check (length > 0),
    -- How much is stored safely: the next bytes start here.
    received      bigint not null default 0 check (received between 0 and length),
    state         text not null,
    consent_at    timestamptz not null,
    media_type    text,
    sha256        text,
    seconds       double precision,
    refusal       text,
    created_at    timestamptz not null,
    touched_at    timestamptz not null,
    stored_at     timestamptz,
    keep_until    timestamptz,
    version       bigint not null default 0
);
create index recordings_by_time on ai_qa.recordings (tenant_id, created_at desc, id desc);
create index recordings_arriving on ai_qa.recordings (touched_at) where state = 'uploading';
create index recordings_to_delete on ai_qa.recordings (keep_until) where state = 'stored';

alter table ai_qa.recordings enable row level security;
alter table ai_qa.recordings force row level security;
create policy tenant on ai_qa.recordings
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

-- A part is listed here after its object is stored, never before.
create table ai_qa.recording_parts (
    recording_id uuid not null references ai_qa.recordings,
    tenant_id    uuid not null,
    start        bigint not null,
    length       bigint not null check (length > 0),
    object       text not null,
    primary key (recording_id, start)
);

alter table ai_qa.recording_parts enable row level security;
alter table ai_qa.recording_parts force row level security;
create policy tenant on ai_qa.recording_parts using (sluice_in_tenant(tenant_id));

create table ai_qa.accesses (
    id           uuid primary key,
    tenant_id    uuid not null,
    recording_id uuid not null references ai_qa.recordings,
    reader_id    uuid not null,
    reader_role  text not null,
    first_byte   bigint not null,
    last_byte    bigint not null,
    read_at      timestamptz not null
);
create index accesses_by_recording on ai_qa.accesses (recording_id, read_at desc, id desc);

alter table ai_qa.accesses enable row level security;
alter table ai_qa.accesses force row level security;
create policy tenant on ai_qa.accesses using (sluice_in_tenant(tenant_id));
