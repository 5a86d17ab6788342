//! Payments posted to receivables.

use chrono::{DateTime, Utc};
use kernel::{Money, Text};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::plan::Part;
use crate::error::CollectionsError;

/// One bank entry posted to one receivable.
#[derive(Clone, Debug)]
pub struct Payment {
    pub id: Uuid,
    pub receivable_id: Uuid,
    pub entry_id: Uuid,
    pub amount: Money,
    /// What was beyond the amount owed.
    pub unallocated: Money,
    pub bank_reference: Option<String>,
    pub booked_at: DateTime<Utc>,
    pub explanation: Vec<Text>,
    pub posted_by: Uuid,
    pub posted_at: DateTime<Utc>,
}

pub async fn insert(
    db: &mut PgConnection,
    tenant: Uuid,
    payment: &Payment,
    parts: &[Part],
) -> Result<(), CollectionsError> {
    sqlx::query!(
        "insert into collections.payments
             (id, tenant_id, receivable_id, entry_id, amount, unallocated, bank_reference, booked_at, explanation,
              posted_by, posted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        payment.id,
        tenant,
        payment.receivable_id,
        payment.entry_id,
        payment.amount.minor,
        payment.unallocated.minor,
        payment.bank_reference,
        payment.booked_at,
        super::to_json("explanation", &payment.explanation)?,
        payment.posted_by,
        payment.posted_at,
    )
    .execute(&mut *db)
    .await?;
    for part in parts {
        sqlx::query!(
            "insert into collections.allocations (tenant_id, payment_id, receivable_id, position, amount)
             values ($1, $2, $3, $4, $5)",
            tenant,
            payment.id,
            payment.receivable_id,
            part.position,
            part.amount.minor,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The payments of a receivable, oldest first, with the parts they filled.
pub async fn of(
    db: &mut PgConnection,
    receivable: Uuid,
    currency: kernel::Currency,
) -> Result<Vec<(Payment, Vec<Part>)>, CollectionsError> {
    let rows = sqlx::query!(
        "select id, receivable_id, entry_id, amount, unallocated, bank_reference, booked_at, explanation, posted_by,
                posted_at
         from collections.payments where receivable_id = $1 order by posted_at, id",
        receivable,
    )
    .fetch_all(&mut *db)
    .await?;
    let parts = sqlx::query!(
        "select a.payment_id, a.position, a.amount from collections.allocations a
         where a.receivable_id = $1 order by a.position",
        receivable,
    )
    .fetch_all(db)
    .await?;
    let read = rows.into_iter().map(|row| {
        let payment = Payment {
            id: row.id,
            receivable_id: row.receivable_id,
            entry_id: row.entry_id,
            amount: Money::new(row.amount, currency),
            unallocated: Money::new(row.unallocated, currency),
            bank_reference: row.bank_reference,
            booked_at: row.booked_at,
            explanation: super::json("explanation", row.explanation)?,
            posted_by: row.posted_by,
            posted_at: row.posted_at,
        };
        let own = parts.iter().filter(|part| part.payment_id == row.id);
        let own = own.map(|part| Part { position: part.position, amount: Money::new(part.amount, currency) });
        Ok((payment, own.collect()))
    });
    read.collect()
}
