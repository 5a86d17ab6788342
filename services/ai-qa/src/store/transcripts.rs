//! `ai_qa.transcripts`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::read;
use crate::domain::transcript::Transcript;
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    owner_id: Uuid,
    recording_id: Uuid,
    visit_id: Option<Uuid>,
    state: String,
    queued_at: DateTime<Utc>,
    next_at: DateTime<Utc>,
    attempts: i32,
    holder: Option<Uuid>,
    lease_until: Option<DateTime<Utc>>,
    heard_ms: i64,
    total_ms: Option<i64>,
    sentences: i32,
    doubtful: i32,
    peak: Option<f32>,
    truncated: bool,
    model: Option<String>,
    sha256: Option<String>,
    reason: Option<String>,
    ended_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for Transcript {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            org: read("organisation path", &row.org)?,
            owner: row.owner_id,
            recording: row.recording_id,
            visit: row.visit_id,
            state: read("transcript state", &row.state)?,
            queued_at: row.queued_at,
            next_at: row.next_at,
            attempts: row.attempts,
            holder: row.holder,
            lease_until: row.lease_until,
            heard_ms: row.heard_ms,
            total_ms: row.total_ms,
            sentences: row.sentences,
            doubtful: row.doubtful,
            peak: row.peak,
            truncated: row.truncated,
            model: row.model,
            sha256: row.sha256,
            reason: row.reason,
            ended_at: row.ended_at,
            version: row.version,
        })
    }
}

/// How many recordings wait and how many are worked on.
pub struct Queue {
    pub waiting: i64,
    pub working: i64,
}

pub async fn insert(db: &mut PgConnection, new: &Transcript) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.transcripts (id, tenant_id, org, owner_id, recording_id, visit_id, state, queued_at, next_at, total_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id,
        new.tenant.0,
        new.org.as_str(),
        new.owner,
        new.recording,
        new.visit,
        new.state.as_str(),
        new.queued_at,
        new.next_at,
        new.total_ms,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, recording: Uuid) -> Result<Option<Transcript>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, owner_id, recording_id, visit_id, state, queued_at, next_at, attempts, holder,
             lease_until, heard_ms, total_ms, sentences, doubtful, peak, truncated, model, sha256, reason, ended_at, version
         from ai_qa.transcripts where recording_id = $1",
        recording
    );
    row.fetch_optional(db).await?.map(Transcript::try_from).transpose()
}

pub async fn lock(db: &mut PgConnection, recording: Uuid) -> Result<Option<Transcript>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, owner_id, recording_id, visit_id, state, queued_at, next_at, attempts, holder,
             lease_until, heard_ms, total_ms, sentences, doubtful, peak, truncated, model, sha256, reason, ended_at, version
         from ai_qa.transcripts where recording_id = $1 for update",
        recording
    );
    row.fetch_optional(db).await?.map(Transcript::try_from).transpose()
}

/// The tenant's next recording that nobody works on: who had a turn longest ago first.
pub async fn lock_next(db: &mut PgConnection, now: DateTime<Utc>) -> Result<Option<Transcript>, AiQaError> {
    let row = sqlx::query_as!(
        Row,
        "select id, tenant_id, org, owner_id, recording_id, visit_id, state, queued_at, next_at, attempts, holder,
             lease_until, heard_ms, total_ms, sentences, doubtful, peak, truncated, model, sha256, reason, ended_at, version
         from ai_qa.transcripts
         where state = 'waiting' and next_at <= $1 or state = 'working' and lease_until <= $1
         order by turn, queued_at, id limit 1 for update skip locked",
        now
    );
    row.fetch_optional(db).await?.map(Transcript::try_from).transpose()
}

/// Stores what changes after it was queued.
pub async fn save(db: &mut PgConnection, changed: &Transcript) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.transcripts
         set state = $2, next_at = $3, attempts = $4, holder = $5, lease_until = $6, heard_ms = $7, total_ms = $8,
             sentences = $9, doubtful = $10, peak = $11, truncated = $12, model = $13, sha256 = $14, reason = $15,
             ended_at = $16, version = $17
         where id = $1",
        changed.id,
        changed.state.as_str(),
        changed.next_at,
        changed.attempts,
        changed.holder,
        changed.lease_until,
        changed.heard_ms,
        changed.total_ms,
        changed.sentences,
        changed.doubtful,
        changed.peak,
        changed.truncated,
        changed.model,
        changed.sha256,
        changed.reason,
        changed.ended_at,
        changed.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps others away until `until`; false when the turn is over.
pub async fn extend_lease(
    db: &mut PgConnection,
    id: Uuid,
    holder: Uuid,
    until: DateTime<Utc>,
) -> Result<bool, AiQaError> {
    let extended = sqlx::query!(
        "update ai_qa.transcripts set lease_until = $3 where id = $1 and holder = $2 and state = 'working'",
        id,
        holder,
        until
    );
    Ok(extended.execute(db).await?.rows_affected() == 1)
}

/// Whether anybody else waits for a turn.
pub async fn others_wait(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> Result<bool, AiQaError> {
    let others = sqlx::query_scalar!(
        r#"select exists (select from ai_qa.transcripts
             where id <> $1 and (state = 'waiting' and next_at <= $2 or state = 'working' and lease_until <= $2)) as "others!""#,
        id,
        now
    );
    Ok(others.fetch_one(db).await?)
}

/// How long the queue is, as far as the reader sees it.
pub async fn queue(db: &mut PgConnection) -> Result<Queue, AiQaError> {
    let queue = sqlx::query_as!(
        Queue,
        r#"select count(*) filter (where state = 'waiting') as "waiting!", count(*) filter (where state = 'working') as "working!"
           from ai_qa.transcripts where state in ('waiting', 'working')"#
    );
    Ok(queue.fetch_one(db).await?)
}
