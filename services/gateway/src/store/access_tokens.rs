use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::secret::Hash;

pub async fn insert(
    db: &mut PgConnection,
    token: &Hash,
    tenant: Uuid,
    api_key: Uuid,
    expires_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.access_tokens (token_hash, tenant_id, api_key_id, expires_at) values ($1, $2, $3, $4)",
        &token[..],
        tenant,
        api_key,
        expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The public id of the key that a token was handed out for.
pub async fn key_of(db: &mut PgConnection, token: &Hash, now: DateTime<Utc>) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select k.public_id from gateway.access_tokens t join gateway.api_keys k on k.id = t.api_key_id
         where t.token_hash = $1 and t.expires_at > $2",
        &token[..],
        now,
    )
    .fetch_optional(db)
    .await
}

pub async fn forget_expired(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from gateway.access_tokens where expires_at <= $1", now).execute(db).await?;
    Ok(done.rows_affected())
}
