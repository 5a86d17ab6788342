-- What answers are worth: by the machine, by coaches, and what is practised after.

-- As the newest score says: good, needs_coaching, needs_human.
alter table ai_qa.reviews add column outcome text;
-- 0 to 100: the coach's where there is one, the machine's otherwise.
alter table ai_qa.reviews add column percent integer check (percent between 0 and 100);
-- How much a coach is needed: the queue's order.
alter table ai_qa.reviews add column need integer not null default 0;
-- Whether the objection was out of the way afterwards, as far as the coach knows.
alter table ai_qa.reviews add column resolved boolean;
create index reviews_by_need on ai_qa.reviews (tenant_id, need desc, answered_at, id) where state = 'waiting_review';
create index reviews_by_recording on ai_qa.reviews (recording_id) where recording_id is not null;
create index reviews_by_answer on ai_qa.reviews (tenant_id, answered_at) where answered_at is not null;

create table ai_qa.scores (
    id                 uuid primary key,
    tenant_id          uuid not null,
    review_id          uuid not null references ai_qa.reviews,
    -- From 1; the highest counts.
    number             integer not null,
    outcome            text not null,
    percent            integer,
    reasons            jsonb not null,
    -- Everything it rests on.
    score              jsonb,
    talk_track_id      uuid,
    talk_track_version integer,
    calibration        integer not null,
    model              text,
    -- Of the transcript it was scored from.
    transcript_sha256  text,
    scored_at          timestamptz not null,
    unique (review_id, number)
);

alter table ai_qa.scores enable row level security;
alter table ai_qa.scores force row level security;
create policy tenant on ai_qa.scores using (sluice_in_tenant(tenant_id));

-- What one coach makes of one answer.
create table ai_qa.judgements (
    id        uuid primary key,
    tenant_id uuid not null,
    review_id uuid not null references ai_qa.reviews,
    coach_id  uuid not null,
    passed    boolean not null,
    percent   integer check (percent between 0 and 100),
    reason    text,
    -- Key points that the coach ticked or struck out.
    points    jsonb not null default '[]',
    made_at   timestamptz not null,
    unique (review_id, coach_id)
);
create index judgements_by_time on ai_qa.judgements (tenant_id, made_at);

alter table ai_qa.judgements enable row level security;
alter table ai_qa.judgements force row level security;
create policy tenant on ai_qa.judgements using (sluice_in_tenant(tenant_id));

create table ai_qa.comments (
    id         uuid primary key,
    tenant_id  uuid not null,
    review_id  uuid not null references ai_qa.reviews,
    author_id  uuid not null,
    at_ms      bigint not null check (at_ms >= 0),
    text       text not null,
    written_at timestamptz not null
);
create index comments_by_review on ai_qa.comments (review_id, at_ms, id);

alter table ai_qa.comments enable row level security;
alter table ai_qa.comments force row level security;
create policy tenant on ai_qa.comments using (sluice_in_tenant(tenant_id));

create table ai_qa.practices (
    id            uuid primary key,
    tenant_id     uuid not null,
    org           text not null,
    -- The rep who practises.
    owner_id      uuid not null,
    review_id     uuid not null references ai_qa.reviews,
    talk_track_id uuid references ai_qa.talk_tracks,
    note          text,
    due           date not null,
    state         text not null,
    recording_id  uuid references ai_qa.recordings,
    assigned_by   uuid not null,
    assigned_at   timestamptz not null,
    done_at       timestamptz,
    version       bigint not null
);
create index practices_by_time on ai_qa.practices (tenant_id, assigned_at desc, id desc);

alter table ai_qa.practices enable row level security;
alter table ai_qa.practices force row level security;
create policy tenant on ai_qa.practices
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

-- The highest version scores.
create table ai_qa.calibrations (
    id            uuid primary key,
    tenant_id     uuid not null,
    version       integer not null,
    body          jsonb not null,
    decisions     integer not null,
    -- The version it copies, when somebody went back.
    restored_from integer,
    made_by       uuid not null,
    made_at       timestamptz not null,
    unique (tenant_id, version)
);

alter table ai_qa.calibrations enable row level security;
alter table ai_qa.calibrations force row level security;
create policy tenant on ai_qa.calibrations using (sluice_in_tenant(tenant_id));
