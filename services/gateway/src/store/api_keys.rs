use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::secret::Hash;

pub struct ApiKeyRow {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub public_id: String,
    pub secret_hash: Vec<u8>,
    pub name: String,
    pub role: String,
    pub org: String,
    pub issued_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl ApiKeyRow {
    /// False once it is revoked or has run out.
    pub fn counts(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|until| now < until)
    }
}

pub struct NewApiKey<'a> {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub public_id: &'a str,
    pub secret_hash: Hash,
    pub name: &'a str,
    pub role: &'a str,
    pub org: &'a str,
    pub issued_by: Uuid,
    pub now: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// False when the public id is taken.
pub async fn insert(db: &mut PgConnection, key: &NewApiKey<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into gateway.api_keys (id, tenant_id, public_id, secret_hash, name, role, org, issued_by, issued_at, expires_at,
                                       version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) on conflict (public_id) do nothing",
        key.id,
        key.tenant_id,
        key.public_id,
        &key.secret_hash[..],
        key.name,
        key.role,
        key.org,
        key.issued_by,
        key.now,
        key.expires_at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<ApiKeyRow>> {
    sqlx::query_as!(
        ApiKeyRow,
        "select id, tenant_id, public_id, secret_hash, name, role, org, issued_at, expires_at, revoked_at, last_used_at,
                version
         from gateway.api_keys order by id desc",
    )
    .fetch_all(db)
    .await
}

pub async fn by_public_id(db: &mut PgConnection, public_id: &str) -> sqlx::Result<Option<ApiKeyRow>> {
    sqlx::query_as!(
        ApiKeyRow,
        "select id, tenant_id, public_id, secret_hash, name, role, org, issued_at, expires_at, revoked_at, last_used_at,
                version
         from gateway.api_keys where public_id = $1",
        public_id,
    )
    .fetch_optional(db)
    .await
}

pub async fn lock(db: &mut PgConnection, tenant: Uuid, id: Uuid) -> sqlx::Result<Option<ApiKeyRow>> {
    sqlx::query_as!(
        ApiKeyRow,
        "select id, tenant_id, public_id, secret_hash, name, role, org, issued_at, expires_at, revoked_at, last_used_at,
                version
         from gateway.api_keys where id = $1 and tenant_id = $2 for update",
        id,
        tenant,
    )
    .fetch_optional(db)
    .await
}

pub async fn revoke(db: &mut PgConnection, id: Uuid, version: i64, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update gateway.api_keys set revoked_at = $3, version = $2 where id = $1", id, version, now)
        .execute(db)
        .await?;
    Ok(())
}

/// One more thing is said of the key.
pub async fn advance(db: &mut PgConnection, id: Uuid, version: i64) -> sqlx::Result<()> {
    sqlx::query!("update gateway.api_keys set version = $2 where id = $1", id, version).execute(db).await?;
    Ok(())
}

pub async fn used(db: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update gateway.api_keys set last_used_at = $2 where id = $1", id, now).execute(db).await?;
    Ok(())
}
