//! What may still be tried at one login, and from one address.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::attempts::AttemptQuota;
use crate::domain::secret::Hash;

/// Takes one attempt out of the quota; false when there is none left.
pub async fn take(db: &mut PgConnection, key: &Hash, quota: AttemptQuota, now: DateTime<Utc>) -> sqlx::Result<bool> {
    let taken = sqlx::query!(
        "insert into gateway.sign_in_quotas as q (key_hash, full_at) values ($1, $2::timestamptz + make_interval(secs => $3))
         on conflict (key_hash) do update set full_at = greatest(q.full_at, $2) + make_interval(secs => $3)
             where q.full_at <= $4",
        &key[..],
        now,
        seconds(quota),
        quota.fits_until(now),
    )
    .execute(db)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Puts one attempt back.
pub async fn give_back(db: &mut PgConnection, key: &Hash, quota: AttemptQuota) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.sign_in_quotas set full_at = full_at - make_interval(secs => $2) where key_hash = $1",
        &key[..],
        seconds(quota),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When the quota is full again.
pub async fn full_at(db: &mut PgConnection, key: &Hash) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query_scalar!("select full_at from gateway.sign_in_quotas where key_hash = $1", &key[..])
        .fetch_optional(db)
        .await
}

pub async fn forget_full(db: &mut PgConnection, now: DateTime<Utc>) -> sqlx::Result<u64> {
    let done = sqlx::query!("delete from gateway.sign_in_quotas where full_at <= $1", now).execute(db).await?;
    Ok(done.rows_affected())
}

fn seconds(quota: AttemptQuota) -> f64 {
    f64::from(quota.every_seconds.get())
}
