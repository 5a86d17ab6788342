//! `ai_qa.recordings`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::{read, read_some};
use crate::domain::media::Media;
use crate::domain::recording::{Recording, Refusal};
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    owner_id: Uuid,
    visit_id: Option<Uuid>,
    declared_type: Option<String>,
    length: i64,
    received: i64,
    state: String,
    consent_at: DateTime<Utc>,
    media_type: Option<String>,
    sha256: Option<String>,
    seconds: Option<f64>,
    refusal: Option<String>,
    created_at: DateTime<Utc>,
    touched_at: DateTime<Utc>,
    stored_at: Option<DateTime<Utc>>,
    keep_until: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for Recording {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            org: read("organisation path", &row.org)?,
            owner: row.owner_id,
            visit: row.visit_id,
            declared: read_some("media type", row.declared_type.as_deref())?,
            length: row.length,
            received: row.received,
            state: read("recording state", &row.state)?,
            consent_at: row.consent_at,
            media: read_some("media type", row.media_type.as_deref())?,
            sha256: row.sha256,
            seconds: row.seconds,
            refusal: read_some("refusal", row.refusal.as_deref())?,
            created_at: row.created_at,
            touched_at: row.touched_at,
            stored_at: row.stored_at,
            keep_until: row.keep_until,
            version: row.version,
        })
    }
}

/// A recording that a job has to look after.
pub struct Due {
    pub id: Uuid,
    pub tenant: TenantId,
}

pub async fn insert(db: &mut PgConnection, new: &Recording) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.recordings (id, tenant_id, org, owner_id, visit_id, declared_type, length, state, consent_at,
             created_at, touched_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
        new.id,
        new.tenant.0,
        new.org.as_str(),
        new.owner,
        new.visit,
        new.declared.map(Media::as_str),
        new.length,
        new.state.as_str(),
        new.consent_at,
        new.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> Result<Option<Recording>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.recordings where id = $1", id).fetch_optional(db).await?;
    row.map(Recording::try_from).transpose()
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Recording>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.recordings where id = $1 for update", id);
    row.fetch_optional(db).await?.map(Recording::try_from).transpose()
}

/// Stores what changes after the announcement.
pub async fn save(db: &mut PgConnection, changed: &Recording, now: DateTime<Utc>) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.recordings
         set received = $2, state = $3, media_type = $4, sha256 = $5, seconds = $6, refusal = $7, stored_at = $8,
             keep_until = $9, version = $10, touched_at = $11
         where id = $1",
        changed.id,
        changed.received,
        changed.state.as_str(),
        changed.media.map(Media::as_str),
        changed.sha256,
        changed.seconds,
        changed.refusal.map(Refusal::as_str),
        changed.stored_at,
        changed.keep_until,
        changed.version,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    visit: Option<Uuid>,
    after: After,
    limit: i64,
) -> Result<Vec<Recording>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.recordings
         where ($1::uuid is null or visit_id = $1) and ($2::timestamptz is null or (created_at, id) < ($2, $3))
         order by created_at desc, id desc limit $4",
        visit,
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Recording::try_from).collect()
}

/// Uploads nobody has touched since `before`: those that are whole, or those that are not.
pub async fn arriving(
    db: &mut PgConnection,
    whole: bool,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Due>, AiQaError> {
    let rows = sqlx::query!(
        "select id, tenant_id from ai_qa.recordings
         where state = 'uploading' and touched_at < $2 and (received = length) = $1 order by touched_at limit $3",
        whole,
        before,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Due { id: row.id, tenant: TenantId(row.tenant_id) }).collect())
}

/// Stored recordings whose time was up before `now`.
pub async fn past_their_time(db: &mut PgConnection, now: DateTime<Utc>, limit: i64) -> Result<Vec<Due>, AiQaError> {
    let rows = sqlx::query!(
        "select id, tenant_id from ai_qa.recordings where state = 'stored' and keep_until <= $1 order by keep_until limit $2",
        now,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Due { id: row.id, tenant: TenantId(row.tenant_id) }).collect())
}
