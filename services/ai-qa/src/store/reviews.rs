//! `ai_qa.reviews`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::{read, read_some};
use crate::domain::answer::Outcome;
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
    outcome: Option<String>,
    percent: Option<i32>,
    need: i32,
    resolved: Option<bool>,
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
            outcome: read_some("outcome", row.outcome.as_deref())?,
            percent: row.percent,
            need: row.need,
            resolved: row.resolved,
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
             answered_at = $8, decided_at = $9, version = $10, outcome = $11, percent = $12, need = $13, resolved = $14
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
        changed.outcome.map(Outcome::as_str),
        changed.percent,
        changed.need,
        changed.resolved,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a list is limited to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub state: Option<ReviewState>,
    pub outcome: Option<Outcome>,
    pub rep: Option<Uuid>,
    pub objection: Option<Uuid>,
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(db: &mut PgConnection, wanted: Wanted, after: After, limit: i64) -> Result<Vec<Review>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.reviews
         where ($1::text is null or state = $1) and ($2::text is null or outcome = $2)
           and ($3::uuid is null or owner_id = $3) and ($4::uuid is null or objection_id = $4)
           and ($5::timestamptz is null or (drawn_at, id) < ($5, $6))
         order by drawn_at desc, id desc limit $7",
        wanted.state.map(ReviewState::as_str),
        wanted.outcome.map(Outcome::as_str),
        wanted.rep,
        wanted.objection,
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// Answers that wait for a coach, who needs one most first.
pub async fn queue(db: &mut PgConnection, wanted: Wanted, limit: i64) -> Result<Vec<Review>, AiQaError> {
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.reviews
         where state = 'waiting_review' and ($1::text is null or outcome = $1)
           and ($2::uuid is null or owner_id = $2) and ($3::uuid is null or objection_id = $3)
         order by need desc, answered_at, id limit $4",
        wanted.outcome.map(Outcome::as_str),
        wanted.rep,
        wanted.objection,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// Answers with this recording, locked.
pub async fn lock_answers(db: &mut PgConnection, recording: Uuid) -> Result<Vec<Review>, AiQaError> {
    let rows =
        sqlx::query_as!(Row, "select * from ai_qa.reviews where recording_id = $1 order by id for update", recording)
            .fetch_all(db)
            .await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// Answers with this recording.
pub async fn answers(db: &mut PgConnection, recording: Uuid) -> Result<Vec<Review>, AiQaError> {
    let rows = sqlx::query_as!(Row, "select * from ai_qa.reviews where recording_id = $1 order by id", recording)
        .fetch_all(db)
        .await?;
    rows.into_iter().map(Review::try_from).collect()
}

/// An answer that was scored, and what is known of it now.
pub struct Measured {
    pub rep: Uuid,
    pub org: String,
    pub objection: Uuid,
    pub answered_at: DateTime<Utc>,
    pub percent: Option<i32>,
    pub harm: i32,
    pub resolved: Option<bool>,
}

/// Answers of a span of time, as far as the reader sees the reviews.
pub async fn measured(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<Measured>, AiQaError> {
    let rows = sqlx::query_as!(
        Measured,
        r#"select owner_id as rep, org, objection_id as objection, answered_at as "answered_at!", review.percent, resolved,
               coalesce(jsonb_array_length(scored.score -> 'forbidden') + jsonb_array_length(scored.score -> 'contradictions'), 0)
                   as "harm!"
           from ai_qa.reviews as review
           left join lateral (select score from ai_qa.scores where review_id = review.id order by number desc limit 1)
               as scored on true
           where answered_at >= $1 and answered_at < $2 and decision is distinct from 'dismissed'"#,
        from,
        until
    );
    Ok(rows.fetch_all(db).await?)
}
