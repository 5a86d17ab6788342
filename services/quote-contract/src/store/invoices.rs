//! Invoice applications: one per signed contract.

use chrono::{DateTime, Utc};
use kernel::{Currency, Money, TenantId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::parsed;
use crate::error::Error;

#[derive(Clone, Debug)]
pub struct InvoiceApplication {
    pub id: Uuid,
    pub number: String,
    pub contract_id: Uuid,
    pub customer_id: Uuid,
    /// What the customer pays, with the tax in it.
    pub amount: Money,
    pub tax: Money,
    /// Percent.
    pub tax_rate: String,
    pub account: String,
    pub applied_at: DateTime<Utc>,
}

pub async fn insert(db: &mut PgConnection, tenant: TenantId, application: &InvoiceApplication) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.invoice_applications
             (tenant_id, id, number, contract_id, customer_id, amount, tax, currency, tax_rate, account, applied_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        tenant.0,
        application.id,
        application.number,
        application.contract_id,
        application.customer_id,
        application.amount.minor,
        application.tax.minor,
        application.amount.currency.as_str(),
        application.tax_rate,
        application.account,
        application.applied_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn of_contract(db: &mut PgConnection, contract: Uuid) -> Result<Option<InvoiceApplication>, Error> {
    let row = sqlx::query!(
        "select id, number, contract_id, customer_id, amount, tax, currency, tax_rate, account, applied_at
         from quote_contract.invoice_applications where contract_id = $1",
        contract,
    )
    .fetch_optional(db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let currency: Currency = parsed("invoice_applications.currency", &row.currency)?;
    Ok(Some(InvoiceApplication {
        id: row.id,
        number: row.number,
        contract_id: row.contract_id,
        customer_id: row.customer_id,
        amount: Money::new(row.amount, currency),
        tax: Money::new(row.tax, currency),
        tax_rate: row.tax_rate,
        account: row.account,
        applied_at: row.applied_at,
    }))
}
