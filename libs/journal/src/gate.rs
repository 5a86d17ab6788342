//! Projections apply every version of an aggregate once and in order.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::JournalError;

/// What to do with a version that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// The next one: apply it, in this transaction.
    Next,
    /// Applied before: acknowledge and forget.
    Seen,
    /// An earlier one is missing: try again later.
    Gap,
}

/// Moves the gate of (`consumer`, aggregate) to `version` when it is the next one.
///
/// Takes the row lock, so that two workers cannot pass with the same version.
pub async fn advance(
    db: &mut PgConnection,
    consumer: &str,
    aggregate_id: Uuid,
    version: i64,
) -> Result<Passage, JournalError> {
    sqlx::query!(
        "insert into projected_versions (consumer, aggregate_id, version) values ($1, $2, 0) on conflict do nothing",
        consumer,
        aggregate_id,
    )
    .execute(&mut *db)
    .await?;
    let reached = sqlx::query_scalar!(
        "select version from projected_versions where consumer = $1 and aggregate_id = $2 for update",
        consumer,
        aggregate_id,
    )
    .fetch_one(&mut *db)
    .await?;
    if version <= reached {
        return Ok(Passage::Seen);
    }
    if version > reached + 1 {
        return Ok(Passage::Gap);
    }
    sqlx::query!(
        "update projected_versions set version = $3 where consumer = $1 and aggregate_id = $2",
        consumer,
        aggregate_id,
        version,
    )
    .execute(db)
    .await?;
    Ok(Passage::Next)
}
