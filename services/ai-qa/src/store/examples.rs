//! `ai_qa.talk_track_examples`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::talk_track::Example;
use crate::error::AiQaError;

/// False when the review is an example of the point already.
pub async fn insert(db: &mut PgConnection, tenant: TenantId, track: Uuid, new: &Example) -> Result<bool, AiQaError> {
    let stored = sqlx::query!(
        "insert into ai_qa.talk_track_examples
             (id, tenant_id, talk_track_id, point, review_id, recording_id, start_ms, end_ms, text, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing",
        new.id,
        tenant.0,
        track,
        new.point,
        new.review_id,
        new.recording_id,
        new.start_ms,
        new.end_ms,
        new.text,
        new.added_by,
        new.added_at,
    )
    .execute(db)
    .await?;
    Ok(stored.rows_affected() == 1)
}

/// The newest first.
pub async fn list(db: &mut PgConnection, track: Uuid) -> Result<Vec<Example>, AiQaError> {
    let rows = sqlx::query_as!(
        Example,
        "select id, point, review_id, recording_id, start_ms, end_ms, text, added_by, added_at
         from ai_qa.talk_track_examples where talk_track_id = $1 order by added_at desc, id desc",
        track
    );
    Ok(rows.fetch_all(db).await?)
}

/// Deletes the words that were said in a recording.
pub async fn forget(db: &mut PgConnection, recording: Uuid) -> Result<(), AiQaError> {
    sqlx::query!("update ai_qa.talk_track_examples set text = null where recording_id = $1", recording)
        .execute(db)
        .await?;
    Ok(())
}
