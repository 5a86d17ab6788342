//! Payment plans.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::plan::{Instalment, Part};
use crate::error::CollectionsError;

pub async fn insert(
    db: &mut PgConnection,
    tenant: Uuid,
    receivable: Uuid,
    plan: &[Instalment],
) -> Result<(), CollectionsError> {
    for one in plan {
        sqlx::query!(
            "insert into collections.instalments (tenant_id, receivable_id, position, kind, percent, amount, due_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            tenant,
            receivable,
            one.position,
            one.kind,
            one.percent,
            one.amount.minor,
            one.due_at,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// The plan in the contract's order.
pub async fn of(db: &mut PgConnection, receivable: Uuid) -> Result<Vec<Instalment>, CollectionsError> {
    let rows = sqlx::query!(
        "select i.position, i.kind, i.percent, i.amount, i.paid, i.due_at, r.currency
         from collections.instalments i join collections.receivables r on r.id = i.receivable_id
         where i.receivable_id = $1 order by i.position",
        receivable,
    )
    .fetch_all(db)
    .await?;
    let read = rows.into_iter().map(|row| {
        Ok(Instalment {
            position: row.position,
            kind: row.kind,
            percent: row.percent,
            amount: super::money(row.amount, &row.currency)?,
            paid: super::money(row.paid, &row.currency)?,
            due_at: row.due_at,
        })
    });
    read.collect()
}

/// Adds the part of a payment to an instalment.
pub async fn fill(db: &mut PgConnection, receivable: Uuid, part: &Part) -> Result<(), CollectionsError> {
    sqlx::query!(
        "update collections.instalments set paid = paid + $3 where receivable_id = $1 and position = $2",
        receivable,
        part.position,
        part.amount.minor,
    )
    .execute(db)
    .await?;
    Ok(())
}
