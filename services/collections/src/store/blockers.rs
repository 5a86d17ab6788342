//! The checklist of a stalled journey.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::node::Node;
use crate::error::CollectionsError;

/// A blocker that waits for its resolution, or had one.
#[derive(Clone, Debug)]
pub struct Blocker {
    pub code: String,
    pub node: i16,
    pub opened_at: DateTime<Utc>,
    pub resolution: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// Opens a blocker unless it is open.
pub async fn open(
    db: &mut PgConnection,
    id: Uuid,
    receivable: (Uuid, Uuid),
    code: &str,
    node: Node,
    now: DateTime<Utc>,
) -> Result<(), CollectionsError> {
    let (tenant, receivable) = receivable;
    sqlx::query!(
        "insert into collections.blockers (id, tenant_id, receivable_id, code, node, opened_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (receivable_id, code) where closed_at is null do nothing",
        id,
        tenant,
        receivable,
        code,
        i16::from(node),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Closes an open blocker with what was done about it; false when none is open.
pub async fn resolve(
    db: &mut PgConnection,
    receivable: Uuid,
    code: &str,
    resolution: &str,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, CollectionsError> {
    let closed = sqlx::query!(
        "update collections.blockers set resolution = $3, closed_by = $4, closed_at = $5
         where receivable_id = $1 and code = $2 and closed_at is null",
        receivable,
        code,
        resolution,
        by,
        now,
    )
    .execute(db)
    .await?;
    Ok(closed.rows_affected() == 1)
}

/// Closes what is open because the journey has moved on.
pub async fn close_all(db: &mut PgConnection, receivable: Uuid, now: DateTime<Utc>) -> Result<(), CollectionsError> {
    sqlx::query!(
        "update collections.blockers set closed_at = $2 where receivable_id = $1 and closed_at is null",
        receivable,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every blocker the receivable has had, open ones first.
pub async fn of(db: &mut PgConnection, receivable: Uuid) -> Result<Vec<Blocker>, CollectionsError> {
    let rows = sqlx::query_as!(
        Blocker,
        "select code, node, opened_at, resolution, closed_at from collections.blockers
         where receivable_id = $1 order by closed_at desc nulls first, opened_at, code limit 200",
        receivable,
    )
    .fetch_all(db)
    .await?;
    Ok(rows)
}
