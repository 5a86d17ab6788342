//! Requests to give up what is owed.

use chrono::{DateTime, Utc};
use kernel::{Currency, Money, Role};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::write_off::WriteOff;
use crate::error::CollectionsError;

/// Stores a request; false when one is waiting.
pub async fn insert(
    db: &mut PgConnection,
    tenant: Uuid,
    receivable: Uuid,
    new: &WriteOff,
) -> Result<bool, CollectionsError> {
    let inserted = sqlx::query!(
        "insert into collections.write_offs
             (id, tenant_id, receivable_id, amount, reason, state, requested_by, requested_role, requested_at)
         values ($1, $2, $3, $4, $5, 'requested', $6, $7, $8)
         on conflict (receivable_id) where state = 'requested' do nothing",
        new.id,
        tenant,
        receivable,
        new.amount.minor,
        new.reason,
        new.requested_by,
        new.requested_role.as_str(),
        new.requested_at,
    )
    .execute(db)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

/// The request that waits for its decision.
pub async fn waiting(
    db: &mut PgConnection,
    receivable: Uuid,
    currency: Currency,
) -> Result<Option<WriteOff>, CollectionsError> {
    let row = sqlx::query!(
        "select id, amount, reason, requested_by, requested_role, requested_at
         from collections.write_offs where receivable_id = $1 and state = 'requested'",
        receivable,
    )
    .fetch_optional(db)
    .await?;
    let read = row.map(|row| {
        Ok(WriteOff {
            id: row.id,
            amount: Money::new(row.amount, currency),
            reason: row.reason,
            requested_by: row.requested_by,
            requested_role: row.requested_role.parse().map_err(|error| CollectionsError::stored("role", error))?,
            requested_at: row.requested_at,
        })
    });
    read.transpose()
}

pub async fn decide(
    db: &mut PgConnection,
    id: Uuid,
    confirmed: bool,
    by: Uuid,
    role: Role,
    now: DateTime<Utc>,
) -> Result<(), CollectionsError> {
    sqlx::query!(
        "update collections.write_offs set state = $2, decided_by = $3, decided_role = $4, decided_at = $5 where id = $1",
        id,
        if confirmed { "confirmed" } else { "rejected" },
        by,
        role.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
