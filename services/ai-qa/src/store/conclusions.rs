//! `ai_qa.conclusions`

use chrono::{DateTime, NaiveDate, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::read;
use crate::domain::offer::{Offer, OfferState};
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    owner_id: Uuid,
    recording_id: Uuid,
    visit_id: Option<Uuid>,
    kind: String,
    state: String,
    text: Option<String>,
    start_ms: i64,
    end_ms: i64,
    amount_minor: Option<i64>,
    date: Option<NaiveDate>,
    competitor: Option<String>,
    doubtful: bool,
    offered_at: DateTime<Utc>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for Offer {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            org: read("organisation path", &row.org)?,
            owner: row.owner_id,
            recording: row.recording_id,
            visit: row.visit_id,
            kind: read("conclusion kind", &row.kind)?,
            state: read("conclusion state", &row.state)?,
            text: row.text,
            start_ms: row.start_ms,
            end_ms: row.end_ms,
            amount_minor: row.amount_minor,
            date: row.date,
            competitor: row.competitor,
            doubtful: row.doubtful,
            offered_at: row.offered_at,
            decided_at: row.decided_at,
            version: row.version,
        })
    }
}

pub async fn insert(db: &mut PgConnection, new: &Offer) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.conclusions (id, tenant_id, org, owner_id, recording_id, visit_id, kind, state, text, start_ms,
             end_ms, amount_minor, date, competitor, doubtful, offered_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        new.id,
        new.tenant.0,
        new.org.as_str(),
        new.owner,
        new.recording,
        new.visit,
        new.kind.as_str(),
        new.state.as_str(),
        new.text,
        new.start_ms,
        new.end_ms,
        new.amount_minor,
        new.date,
        new.competitor,
        new.doubtful,
        new.offered_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Offer>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.conclusions where id = $1", id).fetch_optional(db).await?;
    row.map(Offer::try_from).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Offer>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.conclusions where id = $1 for update", id);
    row.fetch_optional(db).await?.map(Offer::try_from).transpose()
}

pub async fn save(db: &mut PgConnection, changed: &Offer) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.conclusions
         set state = $2, text = $3, amount_minor = $4, date = $5, competitor = $6, decided_at = $7, version = $8
         where id = $1",
        changed.id,
        changed.state.as_str(),
        changed.text,
        changed.amount_minor,
        changed.date,
        changed.competitor,
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
    recording: Option<Uuid>,
    visit: Option<Uuid>,
    state: Option<OfferState>,
    after: After,
    limit: i64,
) -> Result<Vec<Offer>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.conclusions
         where ($1::uuid is null or recording_id = $1) and ($2::uuid is null or visit_id = $2)
           and ($3::text is null or state = $3) and ($4::timestamptz is null or (offered_at, id) < ($4, $5))
         order by offered_at desc, id desc limit $6",
        recording,
        visit,
        state.map(OfferState::as_str),
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Offer::try_from).collect()
}

/// Deletes the words that nobody has confirmed.
pub async fn forget(db: &mut PgConnection, recording: Uuid) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.conclusions set text = null, competitor = null where recording_id = $1 and state <> 'confirmed'",
        recording
    )
    .execute(db)
    .await?;
    Ok(())
}
