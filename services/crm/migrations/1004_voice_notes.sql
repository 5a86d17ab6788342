-- Recordings that ai-qa has written down, whether a visit names them already or not. Their words stay with ai-qa.

create table crm.voice_notes (
    tenant_id    uuid not null,
    recording_id text not null,
    owner_id     uuid not null,
    -- What a visit's draft becomes by it.
    draft        text not null,
    -- Of the transcript that says so: an older event never undoes a newer one.
    version      bigint not null,
    at           timestamptz not null,
    primary key (tenant_id, recording_id)
);
alter table crm.voice_notes enable row level security;
alter table crm.voice_notes force row level security;
create policy tenant on crm.voice_notes using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));

-- What was heard in a recording and its rep has confirmed.
create table crm.conclusions (
    id           uuid primary key,
    tenant_id    uuid not null,
    recording_id text not null,
    owner_id     uuid not null,
    -- Nothing until a visit names the recording.
    visit_id     uuid references crm.visits,
    kind         text not null,
    text         text not null,
    amount_minor bigint,
    currency     text,
    on_day       date,
    confirmed_at timestamptz not null,
    check ((amount_minor is null) = (currency is null))
);
create index conclusions_of_visit on crm.conclusions (visit_id, confirmed_at);
create index conclusions_of_recording on crm.conclusions (tenant_id, recording_id) where visit_id is null;
alter table crm.conclusions enable row level security;
alter table crm.conclusions force row level security;
create policy tenant on crm.conclusions using (sluice_in_tenant(tenant_id)) with check (sluice_in_tenant(tenant_id));
