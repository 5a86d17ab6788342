use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::secret::Hash;

/// An authorisation request under way.
pub struct OidcRequest {
    pub tenant_id: Uuid,
    pub provider: String,
    pub nonce: String,
    pub pkce_verifier: String,
    pub browser_hash: Vec<u8>,
    pub return_to: String,
    pub expires_at: DateTime<Utc>,
}

pub async fn insert(db: &mut PgConnection, state: &Hash, request: &OidcRequest) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into gateway.oidc_requests (state_hash, tenant_id, provider, nonce, pkce_verifier, browser_hash, return_to,
                                            expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &state[..],
        request.tenant_id,
        request.provider,
        request.nonce,
        request.pkce_verifier,
        &request.browser_hash,
        request.return_to,
        request.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a request out: it counts once.
pub async fn take(db: &mut PgConnection, state: &Hash) -> sqlx::Result<Option<OidcRequest>> {
    sqlx::query_as!(
        OidcRequest,
        "delete from gateway.oidc_requests where state_hash = $1
         returning tenant_id, provider, nonce, pkce_verifier, browser_hash, return_to, expires_at",
        &state[..],
    )
    .fetch_optional(db)
    .await
}

pub async fn forget_expired(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from gateway.oidc_requests where expires_at <= $1", now).execute(db).await?;
    Ok(done.rows_affected())
}

/// The person linked to a provider's subject.
pub async fn person_of(
    db: &mut PgConnection,
    tenant: Uuid,
    provider: &str,
    subject: &str,
) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select person_id from gateway.identities where tenant_id = $1 and provider = $2 and subject = $3",
        tenant,
        provider,
        subject,
    )
    .fetch_optional(db)
    .await
}

/// False when the subject is linked already.
pub async fn link(
    db: &mut PgConnection,
    tenant: Uuid,
    (provider, subject): (&str, &str),
    person: Uuid,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into gateway.identities (provider, subject, tenant_id, person_id, linked_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        provider,
        subject,
        tenant,
        person,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
