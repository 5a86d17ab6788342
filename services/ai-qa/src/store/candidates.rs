//! `ai_qa.objection_candidates`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::read;
use crate::domain::offer::{Candidate, CandidateState};
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    owner_id: Uuid,
    recording_id: Uuid,
    visit_id: Option<Uuid>,
    state: String,
    text: Option<String>,
    start_ms: i64,
    end_ms: i64,
    talk_track_id: Option<Uuid>,
    objection_id: Option<Uuid>,
    mined_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for Candidate {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            org: read("organisation path", &row.org)?,
            owner: row.owner_id,
            recording: row.recording_id,
            visit: row.visit_id,
            state: read("candidate state", &row.state)?,
            text: row.text,
            start_ms: row.start_ms,
            end_ms: row.end_ms,
            talk_track: row.talk_track_id,
            objection: row.objection_id,
            mined_at: row.mined_at,
            decided_at: row.decided_at,
            version: row.version,
        })
    }
}

pub async fn insert(db: &mut PgConnection, new: &Candidate) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.objection_candidates (id, tenant_id, org, owner_id, recording_id, visit_id, state, text, start_ms,
             end_ms, talk_track_id, mined_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        new.id,
        new.tenant.0,
        new.org.as_str(),
        new.owner,
        new.recording,
        new.visit,
        new.state.as_str(),
        new.text,
        new.start_ms,
        new.end_ms,
        new.talk_track,
        new.mined_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Candidate>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.objection_candidates where id = $1 for update", id);
    row.fetch_optional(db).await?.map(Candidate::try_from).transpose()
}

pub async fn save(db: &mut PgConnection, changed: &Candidate) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.objection_candidates set state = $2, objection_id = $3, decided_at = $4, version = $5 where id = $1",
        changed.id,
        changed.state.as_str(),
        changed.objection,
        changed.decided_at,
        changed.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    state: Option<CandidateState>,
    after: After,
    limit: i64,
) -> Result<Vec<Candidate>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.objection_candidates
         where ($1::text is null or state = $1) and ($2::timestamptz is null or (mined_at, id) < ($2, $3))
         order by mined_at desc, id desc limit $4",
        state.map(CandidateState::as_str),
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Candidate::try_from).collect()
}

/// Deletes the words that were said in a recording; an objection that the library took over keeps its own.
pub async fn forget(db: &mut PgConnection, recording: Uuid) -> Result<(), AiQaError> {
    sqlx::query!("update ai_qa.objection_candidates set text = null where recording_id = $1", recording)
        .execute(db)
        .await?;
    Ok(())
}
