//! `ai_qa.accesses`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::After;
use crate::error::AiQaError;

/// Somebody was given some of a recording's bytes.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Access {
    pub id: Uuid,
    pub reader_id: Uuid,
    pub reader_role: String,
    pub first_byte: i64,
    /// Inclusive.
    pub last_byte: i64,
    pub read_at: DateTime<Utc>,
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: TenantId,
    recording: Uuid,
    access: &Access,
) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.accesses (id, tenant_id, recording_id, reader_id, reader_role, first_byte, last_byte, read_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        access.id,
        tenant.0,
        recording,
        access.reader_id,
        access.reader_role,
        access.first_byte,
        access.last_byte,
        access.read_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(db: &mut PgConnection, recording: Uuid, after: After, limit: i64) -> Result<Vec<Access>, AiQaError> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query_as!(
        Access,
        "select id, reader_id, reader_role, first_byte, last_byte, read_at from ai_qa.accesses
         where recording_id = $1 and ($2::timestamptz is null or (read_at, id) < ($2, $3))
         order by read_at desc, id desc limit $4",
        recording,
        after_at,
        after_id,
        limit + 1,
    );
    Ok(rows.fetch_all(db).await?)
}
