//! `ai_qa.reviews`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::{read, read_some};
use crate::domain::review::{Decision, Review, ReviewState};
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    owner_id: Uuid,
    visit_id: Uuid,
    customer_id: Uuid,
    objection_id: Uuid,
    objection_text: String,
    state: String,
    answer: Option<String>,
    recording_id: Option<Uuid>,
    coach_id: Option<Uuid>,
    decision: Option<String>,
    comment: Option<String>,
    drawn_at: DateTime<Utc>,
    answered_at: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for Review {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            org: read("organisation path", &row.org)?,
            rep: row.owner_id,
            visit: row.visit_id,
            customer: row.customer_id,
            objection: row.objection_id,
            objection_text: row.objection_text,
            state: read("review state", &row.state)?,
            answer: row.answer,
            recording: row.recording_id,
            coach: row.coach_id,
            decision: read_some("decision", row.decision.as_deref())?,
            comment: row.comment,
            drawn_at: row.drawn_at,
            answered_at: row.answered_at,
            decided_at: row.decided_at,
            version: row.version,
        })
    }
}

/// Stores a review; false when the visit has drawn one before.
pub async fn insert(db: &mut PgConnection, new: &Review) -> Result<bool, AiQaError> {
    let stored = sqlx::query!(
        "insert into ai_qa.reviews (id, tenant_id, org, owner_id, visit_id, customer_id, objection_id, objection_text,
             state, drawn_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (tenant_id, visit_id) do nothing",
        new.id,
        new.tenant.0,
        new.org.as_str(),
        new.rep,
        new.visit,
        new.customer,
        new.objection,
        new.objection_text,
        new.state.as_str(),
        new.drawn_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(stored.rows_affected() == 1)
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Review>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.reviews where id = $1", id).fetch_optional(db).await?;
    row.map(Review::try_from).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Review>, AiQaError> {
    let row =
        sqlx::query_as!(Row, "select * from ai_qa.reviews where id = $1 for update", id).fetch_optional(db).await?;
    row.map(Review::try_from).transpose()
}

/// Stores what the rep and the coach add.
pub async fn save(db: &mut PgConnection, changed: &Review) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.reviews set state = $2, answer = $3, recording_id = $4, coach_id = $5, decision = $6, comment = $7,
             answered_at = $8, decided_at = $9, version = $10
         where id = $1",
        changed.id,
        changed.state.as_str(),
        changed.answer,
        changed.recording,
        changed.coach,
        changed.decision.map(Decision::as_str),
        changed.comment,
        changed.answered_at,
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
    state: Option<ReviewState>,
    after: After,
    limit: i64,
) -> Result<Vec<Review>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.reviews
         where ($1::text is null or state = $1) and ($2::timestamptz is null or (drawn_at, id) < ($2, $3))
         order by drawn_at desc, id desc limit $4",
        state.map(ReviewState::as_str),
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Review::try_from).collect()
}
