-- The queue of recordings to be written down, and what was heard.

create table ai_qa.transcripts (
    id           uuid primary key,
    tenant_id    uuid not null,
    org          text not null,
    owner_id     uuid not null,
    recording_id uuid not null unique references ai_qa.recordings,
    visit_id     uuid,
    state        text not null,
    queued_at    timestamptz not null,
    -- Not taken before; later after every attempt that failed.
    next_at      timestamptz not null,
    -- Attempts since something was heard last.
    attempts     integer not null default 0,
    -- Whose turn it was last: lower numbers come first.
    turn         bigint not null default 0,
    -- The turn that works on it, and until when nobody else may.
    holder       uuid,
    lease_until  timestamptz,
    -- Everything that ended before is kept as sentences; a new attempt goes on here.
    heard_ms     bigint not null default 0 check (heard_ms >= 0),
    total_ms     bigint check (total_ms >= 0),
    -- Stays when the words are deleted.
    sentences    integer not null default 0,
    doubtful     integer not null default 0,
    -- Loudest sample, 0 to 1.
    peak         real,
    truncated    boolean not null default false,
    model        text,
    sha256       text,
    reason       text,
    ended_at     timestamptz,
    version      bigint not null default 0
);
create index transcripts_to_do on ai_qa.transcripts (tenant_id, turn, queued_at) where state in ('waiting', 'working');
create index transcripts_by_time on ai_qa.transcripts (tenant_id, queued_at desc, id desc);

alter table ai_qa.transcripts enable row level security;
alter table ai_qa.transcripts force row level security;
create policy tenant on ai_qa.transcripts
    using (sluice_visible(tenant_id, org, owner_id)) with check (sluice_in_tenant(tenant_id));

create table ai_qa.sentences (
    transcript_id uuid not null references ai_qa.transcripts,
    tenant_id     uuid not null,
    -- In the order in which they were heard, from 0.
    heard         integer not null,
    -- In the order in which they begin, from 0; once the transcript is complete.
    number        integer,
    start_ms      bigint not null,
    end_ms        bigint not null check (end_ms >= start_ms),
    speaker       text not null,
    -- Without telephone, identity and card numbers.
    text          text not null,
    confidence    real not null,
    doubtful      boolean not null,
    primary key (transcript_id, heard)
);

alter table ai_qa.sentences enable row level security;
alter table ai_qa.sentences force row level security;
create policy tenant on ai_qa.sentences using (sluice_in_tenant(tenant_id));

-- Tenants take turns: who was served longest ago comes next.
create sequence ai_qa.turn_numbers;
create table ai_qa.turns (
    tenant_id uuid primary key,
    turn      bigint not null
);

alter table ai_qa.turns enable row level security;
alter table ai_qa.turns force row level security;
create policy tenant on ai_qa.turns using (sluice_in_tenant(tenant_id));
