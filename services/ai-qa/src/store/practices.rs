//! `ai_qa.practices`

use chrono::{DateTime, NaiveDate, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use super::stored::read;
use crate::domain::coaching::{Practice, PracticeState};
use crate::error::AiQaError;

struct Row {
    id: Uuid,
    tenant_id: Uuid,
    org: String,
    owner_id: Uuid,
    review_id: Uuid,
    talk_track_id: Option<Uuid>,
    note: Option<String>,
    due: NaiveDate,
    state: String,
    recording_id: Option<Uuid>,
    assigned_by: Uuid,
    assigned_at: DateTime<Utc>,
    done_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<Row> for Practice {
    type Error = AiQaError;

    fn try_from(row: Row) -> Result<Self, AiQaError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            org: read("organisation path", &row.org)?,
            rep: row.owner_id,
            review: row.review_id,
            talk_track: row.talk_track_id,
            note: row.note,
            due: row.due,
            state: read("practice state", &row.state)?,
            recording: row.recording_id,
            assigned_by: row.assigned_by,
            assigned_at: row.assigned_at,
            done_at: row.done_at,
            version: row.version,
        })
    }
}

pub async fn insert(db: &mut PgConnection, new: &Practice) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.practices (id, tenant_id, org, owner_id, review_id, talk_track_id, note, due, state, assigned_by,
             assigned_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        new.id,
        new.tenant.0,
        new.org.as_str(),
        new.rep,
        new.review,
        new.talk_track,
        new.note,
        new.due,
        new.state.as_str(),
        new.assigned_by,
        new.assigned_at,
        new.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> Result<Option<Practice>, AiQaError> {
    let row = sqlx::query_as!(Row, "select * from ai_qa.practices where id = $1 for update", id);
    row.fetch_optional(db).await?.map(Practice::try_from).transpose()
}

pub async fn save(db: &mut PgConnection, changed: &Practice) -> Result<(), AiQaError> {
    sqlx::query!(
        "update ai_qa.practices set state = $2, recording_id = $3, done_at = $4, version = $5 where id = $1",
        changed.id,
        changed.state.as_str(),
        changed.recording,
        changed.done_at,
        changed.version,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    state: Option<PracticeState>,
    after: After,
    limit: i64,
) -> Result<Vec<Practice>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Row,
        "select * from ai_qa.practices
         where ($1::text is null or state = $1) and ($2::timestamptz is null or (assigned_at, id) < ($2, $3))
         order by assigned_at desc, id desc limit $4",
        state.map(PracticeState::as_str),
        after_at,
        after_id,
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Practice::try_from).collect()
}
