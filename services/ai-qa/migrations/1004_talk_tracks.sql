-- What is to be said to objections, what competitors offer, and the numbers that must be right.

create table ai_qa.talk_tracks (
    id         uuid primary key,
    tenant_id  uuid not null,
    title      text not null,
    industry   text,
    withdrawn  boolean not null default false,
    -- The newest version of its words.
    words      integer not null,
    changed_at timestamptz not null,
    created_by uuid not null,
    created_at timestamptz not null,
    version    bigint not null
);
create index talk_tracks_by_time on ai_qa.talk_tracks (tenant_id, created_at desc, id desc);

alter table ai_qa.talk_tracks enable row level security;
alter table ai_qa.talk_tracks force row level security;
create policy tenant on ai_qa.talk_tracks using (sluice_in_tenant(tenant_id));

-- Words are never changed: scores name the version they were matched to.
create table ai_qa.talk_track_versions (
    talk_track_id uuid not null references ai_qa.talk_tracks,
    tenant_id     uuid not null,
    version       integer not null,
    words         jsonb not null,
    written_by    uuid not null,
    written_at    timestamptz not null,
    primary key (talk_track_id, version)
);

alter table ai_qa.talk_track_versions enable row level security;
alter table ai_qa.talk_track_versions force row level security;
create policy tenant on ai_qa.talk_track_versions using (sluice_in_tenant(tenant_id));

-- Which objections a track answers.
create table ai_qa.talk_track_objections (
    talk_track_id uuid not null references ai_qa.talk_tracks,
    objection_id  uuid not null references ai_qa.objections,
    tenant_id     uuid not null,
    primary key (talk_track_id, objection_id)
);
create index talk_track_objections_by_objection on ai_qa.talk_track_objections (objection_id);

alter table ai_qa.talk_track_objections enable row level security;
alter table ai_qa.talk_track_objections force row level security;
create policy tenant on ai_qa.talk_track_objections using (sluice_in_tenant(tenant_id));

-- How somebody said a key point well.
create table ai_qa.talk_track_examples (
    id            uuid primary key,
    tenant_id     uuid not null,
    talk_track_id uuid not null references ai_qa.talk_tracks,
    point         text not null,
    review_id     uuid not null,
    recording_id  uuid not null references ai_qa.recordings,
    start_ms      bigint not null,
    end_ms        bigint not null,
    -- Gone when the recording's content is.
    text          text,
    added_by      uuid not null,
    added_at      timestamptz not null,
    unique (talk_track_id, point, review_id)
);
create index talk_track_examples_by_recording on ai_qa.talk_track_examples (recording_id);

alter table ai_qa.talk_track_examples enable row level security;
alter table ai_qa.talk_track_examples force row level security;
create policy tenant on ai_qa.talk_track_examples using (sluice_in_tenant(tenant_id));

create table ai_qa.comparison_sheets (
    id         uuid primary key,
    tenant_id  uuid not null,
    competitor text not null,
    sheet      jsonb not null,
    withdrawn  boolean not null default false,
    created_by uuid not null,
    created_at timestamptz not null,
    version    bigint not null
);
create unique index comparison_sheets_by_competitor on ai_qa.comparison_sheets (tenant_id, competitor) where not withdrawn;
create index comparison_sheets_by_time on ai_qa.comparison_sheets (tenant_id, created_at desc, id desc);

alter table ai_qa.comparison_sheets enable row level security;
alter table ai_qa.comparison_sheets force row level security;
create policy tenant on ai_qa.comparison_sheets using (sluice_in_tenant(tenant_id));

create table ai_qa.price_facts (
    tenant_id  uuid primary key,
    facts      jsonb not null,
    changed_by uuid not null,
    changed_at timestamptz not null,
    version    bigint not null
);

alter table ai_qa.price_facts enable row level security;
alter table ai_qa.price_facts force row level security;
create policy tenant on ai_qa.price_facts using (sluice_in_tenant(tenant_id));
