-- What was found in transcripts and waits for somebody's word.

create table ai_qa.conclusions (
    id           uuid primary key,
    tenant_id    uuid not null,
    org          text not null,
    -- The rep who was there.
    owner_id     uuid not null,
    recording_id uuid not null references ai_qa.recordings,
    visit_id     uuid,
    kind         text not null,
    state        text not null,
    -- Gone with the recording's content, unless the rep has confirmed it.
    text         text,
    start_ms     bigint not null,
    end_ms       bigint not null,
    amount_minor bigint,
    date         date,
    competitor   text,
    doubtful     boolean not null,
    offered_at   timestamptz not null,
    decided_at   timestamptz,
    version      bigint not null
);
create index conclusions_by_time on ai_qa.conclusions (tenant_id, offered_at desc, id desc);
create index conclusions_by_recording on ai_qa.conclusions (recording_id);

alter table ai_qa.conclusions enable row level security;
alter table ai_qa.conclusions force row level security;
create policy tenant on ai_qa.conclusions
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

create table ai_qa.objection_candidates (
    id            uuid primary key,
    tenant_id     uuid not null,
    org           text not null,
    owner_id      uuid not null,
    recording_id  uuid not null references ai_qa.recordings,
    visit_id      uuid,
    state         text not null,
    -- Gone with the recording's content.
    text          text,
    start_ms      bigint not null,
    end_ms        bigint not null,
    -- The track that answers one like it already.
    talk_track_id uuid,
    objection_id  uuid references ai_qa.objections,
    mined_at      timestamptz not null,
    decided_at    timestamptz,
    version       bigint not null
);
create index objection_candidates_by_time on ai_qa.objection_candidates (tenant_id, mined_at desc, id desc);
create index objection_candidates_by_recording on ai_qa.objection_candidates (recording_id);

alter table ai_qa.objection_candidates enable row level security;
alter table ai_qa.objection_candidates force row level security;
create policy tenant on ai_qa.objection_candidates
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));
