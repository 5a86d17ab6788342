//! What was sold and how it is paid, as the contract says.

use chrono::{DateTime, Utc};
use kernel::Money;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::Delivery;
use crate::error::DeliveryError;

/// One line of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Line {
    pub product_code: String,
    pub name_zh: String,
    /// Empty in a line to be stored: the contract knows none, and the Chinese is read instead.
    pub name_en: String,
    pub quantity: String,
    pub unit: String,
}

/// One planned payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Payment {
    /// prepayment, on_delivery, net_30 or retention.
    pub kind: String,
    pub percent: i32,
    pub amount: Money,
    pub due_at: Option<DateTime<Utc>>,
}

pub async fn insert_lines(db: &mut PgConnection, card: &Delivery, lines: &[Line]) -> Result<(), DeliveryError> {
    for (position, line) in (1_i32..).zip(lines) {
        sqlx::query!(
            "insert into delivery.lines (tenant_id, delivery_id, position, product_code, name, name_en, quantity, unit)
             values ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8)",
            card.tenant.0,
            card.id,
            position,
            line.product_code,
            line.name_zh,
            line.name_en,
            line.quantity,
            line.unit,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub async fn insert_payments(
    db: &mut PgConnection,
    card: &Delivery,
    payments: &[Payment],
) -> Result<(), DeliveryError> {
    for (position, payment) in (1_i32..).zip(payments) {
        sqlx::query!(
            "insert into delivery.payments (tenant_id, delivery_id, position, kind, percent, amount, currency, due_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            card.tenant.0,
            card.id,
            position,
            payment.kind,
            payment.percent,
            payment.amount.minor,
            payment.amount.currency.as_str(),
            payment.due_at,
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub async fn lines(db: &mut PgConnection, delivery_id: Uuid) -> Result<Vec<Line>, DeliveryError> {
    let lines = sqlx::query_as!(
        Line,
        r#"select product_code, name as name_zh, coalesce(name_en, name) as "name_en!", quantity, unit
           from delivery.lines where delivery_id = $1 order by position"#,
        delivery_id,
    )
    .fetch_all(db)
    .await?;
    Ok(lines)
}

pub async fn payments(db: &mut PgConnection, delivery_id: Uuid) -> Result<Vec<Payment>, DeliveryError> {
    let rows = sqlx::query!(
        "select kind, percent, amount, currency, due_at from delivery.payments where delivery_id = $1 order by position",
        delivery_id,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let amount = Money::new(row.amount, row.currency.parse().map_err(DeliveryError::stored)?);
            Ok(Payment { kind: row.kind, percent: row.percent, amount, due_at: row.due_at })
        })
        .collect()
}
