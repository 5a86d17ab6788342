//! Places kept for opportunities that are about to be signed.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::Week;
use crate::error::DeliveryError;

/// One kept place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct CapacityLock {
    pub id: Uuid,
    pub opportunity_id: Uuid,
    pub week: Week,
    pub locked_by: Uuid,
    pub locked_at: DateTime<Utc>,
    pub released_at: Option<DateTime<Utc>>,
    pub version: i64,
}

struct LockRow {
    id: Uuid,
    opportunity_id: Uuid,
    monday: chrono::NaiveDate,
    locked_by: Uuid,
    locked_at: DateTime<Utc>,
    released_at: Option<DateTime<Utc>>,
    version: i64,
}

impl TryFrom<LockRow> for CapacityLock {
    type Error = DeliveryError;

    fn try_from(row: LockRow) -> Result<Self, DeliveryError> {
        Ok(Self {
            id: row.id,
            opportunity_id: row.opportunity_id,
            week: row.monday.try_into().map_err(DeliveryError::stored)?,
            locked_by: row.locked_by,
            locked_at: row.locked_at,
            released_at: row.released_at,
            version: row.version,
        })
    }
}

/// Keeps a place; false when one is kept for this opportunity already.
pub async fn insert(db: &mut PgConnection, tenant: TenantId, lock: &CapacityLock) -> Result<bool, DeliveryError> {
    let done = sqlx::query!(
        "insert into delivery.capacity_locks (id, tenant_id, opportunity_id, monday, locked_by, locked_at, version)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (tenant_id, opportunity_id) where released_at is null do nothing",
        lock.id,
        tenant.0,
        lock.opportunity_id,
        lock.week.monday(),
        lock.locked_by,
        lock.locked_at,
        lock.version,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The place kept for an opportunity, held until the transaction ends.
pub async fn hold_of(db: &mut PgConnection, opportunity_id: Uuid) -> Result<Option<CapacityLock>, DeliveryError> {
    let row = sqlx::query_as!(
        LockRow,
        "select id, opportunity_id, monday, locked_by, locked_at, released_at, version
         from delivery.capacity_locks where opportunity_id = $1 and released_at is null for update",
        opportunity_id,
    )
    .fetch_optional(db)
    .await?;
    row.map(CapacityLock::try_from).transpose()
}

/// A place that is still kept, held until the transaction ends.
pub async fn hold(db: &mut PgConnection, id: Uuid) -> Result<Option<CapacityLock>, DeliveryError> {
    let row = sqlx::query_as!(
        LockRow,
        "select id, opportunity_id, monday, locked_by, locked_at, released_at, version
         from delivery.capacity_locks where id = $1 and released_at is null for update",
        id,
    )
    .fetch_optional(db)
    .await?;
    row.map(CapacityLock::try_from).transpose()
}

pub async fn save(db: &mut PgConnection, lock: &CapacityLock) -> Result<(), DeliveryError> {
    sqlx::query!(
        "update delivery.capacity_locks set released_at = $2, version = $3 where id = $1",
        lock.id,
        lock.released_at,
        lock.version,
    )
    .execute(db)
    .await?;
    Ok(())
}
