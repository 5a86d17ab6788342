use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::secret::Hash;

/// Counts one more attempt unless the key is blocked; answers the attempts since the last success.
pub async fn count(
    db: &mut PgConnection,
    key: &Hash,
    now: DateTime<Utc>,
    forgotten_before: DateTime<Utc>,
) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "insert into gateway.sign_in_attempts as a (key_hash, failures, last_at) values ($1, 1, $2)
         on conflict (key_hash) do update
             set failures = case when a.last_at < $3 then 1 else a.failures + 1 end, last_at = $2
             where a.blocked_until is null or a.blocked_until <= $2
         returning failures",
        &key[..],
        now,
        forgotten_before,
    )
    .fetch_optional(db)
    .await
}

pub async fn block(db: &mut PgConnection, key: &Hash, until: Option<DateTime<Utc>>) -> sqlx::Result<()> {
    sqlx::query!("update gateway.sign_in_attempts set blocked_until = $2 where key_hash = $1", &key[..], until)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn blocked_until(db: &mut PgConnection, key: &Hash) -> sqlx::Result<Option<DateTime<Utc>>> {
    let found = sqlx::query_scalar!("select blocked_until from gateway.sign_in_attempts where key_hash = $1", &key[..])
        .fetch_optional(db)
        .await?;
    Ok(found.flatten())
}

/// The last attempt was a success: those that failed before no longer count.
pub async fn succeeded(db: &mut PgConnection, key: &Hash, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update gateway.sign_in_attempts set failures = 0, blocked_until = null, succeeded_at = $2 where key_hash = $1",
        &key[..],
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn last_success(db: &mut PgConnection, key: &Hash) -> sqlx::Result<Option<DateTime<Utc>>> {
    let found = sqlx::query_scalar!("select succeeded_at from gateway.sign_in_attempts where key_hash = $1", &key[..])
        .fetch_optional(db)
        .await?;
    Ok(found.flatten())
}

/// Removes failures of before `failed` that nobody waits for, unless there was a success since `succeeded`.
pub async fn forget_before(
    db: &mut PgConnection,
    failed: DateTime<Utc>,
    succeeded: DateTime<Utc>,
    now: DateTime<Utc>,
) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from gateway.sign_in_attempts where last_at < $1 and (blocked_until is null or blocked_until <= $3)
             and (succeeded_at is null or succeeded_at < $2)",
        failed,
        succeeded,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
