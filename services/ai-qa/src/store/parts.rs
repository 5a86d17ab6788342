//! `ai_qa.recording_parts`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AiQaError;

/// Lists a part whose object is stored.
pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    recording: Uuid,
    start: i64,
    length: i64,
    object: &str,
) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.recording_parts (recording_id, tenant_id, start, length, object) values ($1, $2, $3, $4, $5)",
        recording,
        tenant.0,
        start,
        length,
        object,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The objects of a recording's parts, in order.
pub async fn objects(db: &mut PgConnection, recording: Uuid) -> Result<Vec<String>, AiQaError> {
    let objects = sqlx::query_scalar!(
        "select object from ai_qa.recording_parts where recording_id = $1 order by start",
        recording
    );
    Ok(objects.fetch_all(db).await?)
}

/// Forgets the parts of a recording.
pub async fn delete(db: &mut PgConnection, recording: Uuid) -> Result<(), AiQaError> {
    sqlx::query!("delete from ai_qa.recording_parts where recording_id = $1", recording).execute(db).await?;
    Ok(())
}
