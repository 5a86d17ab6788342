//! `crm.repurchases`: paid contracts, and whether they asked for a repurchase.

use chrono::{DateTime, Utc};
use kernel::{Money, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::money;
use crate::error::CrmError;

/// Remembers a paid contract, once.
pub async fn add(
    db: &mut PgConnection,
    tenant: TenantId,
    customer: Uuid,
    contract: Uuid,
    amount: Money,
    now: DateTime<Utc>,
) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.repurchases (tenant_id, contract_id, customer_id, amount_minor, currency, cleared_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        tenant.0,
        contract,
        customer,
        amount.minor,
        amount.currency.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes every paid contract that has not asked yet; answers the amount of the latest.
pub async fn take_waiting(
    db: &mut PgConnection,
    customer: Uuid,
    now: DateTime<Utc>,
) -> Result<Option<Money>, CrmError> {
    let taken = sqlx::query!(
        "update crm.repurchases set due_at = $2 where customer_id = $1 and due_at is null
         returning amount_minor, currency, cleared_at",
        customer,
        now,
    )
    .fetch_all(db)
    .await?;
    let latest = taken.into_iter().max_by_key(|row| row.cleared_at);
    latest.map(|row| money(row.amount_minor, &row.currency)).transpose()
}
