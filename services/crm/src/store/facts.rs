//! `crm.customer_facts`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{choice, money};
use crate::domain::standing::Fact;
use crate::error::CrmError;

/// Keeps a fact unless a later version about the same is there; answers whether it was kept.
pub async fn keep(
    db: &mut PgConnection,
    tenant: TenantId,
    customer: Uuid,
    fact: &Fact,
    version: i64,
) -> Result<bool, CrmError> {
    let kept = sqlx::query!(
        "insert into crm.customer_facts as known
             (tenant_id, customer_id, kind, subject_id, value, amount_minor, currency, at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (tenant_id, kind, subject_id) do update
             set value = excluded.value, amount_minor = excluded.amount_minor, currency = excluded.currency,
                 at = excluded.at, version = excluded.version
             where known.version < excluded.version",
        tenant.0,
        customer,
        fact.value.kind().as_str(),
        fact.subject,
        fact.value.as_str(),
        fact.amount.map(|amount| amount.minor),
        fact.amount.map(|amount| amount.currency.as_str()),
        fact.at,
        version,
    )
    .execute(db)
    .await?;
    Ok(kept.rows_affected() == 1)
}

pub async fn of_customer(db: &mut PgConnection, customer: Uuid) -> Result<Vec<Fact>, CrmError> {
    let rows = sqlx::query!(
        "select value, subject_id, amount_minor, currency, at from crm.customer_facts where customer_id = $1 order by at",
        customer,
    )
    .fetch_all(db)
    .await?;
    let mut facts = Vec::with_capacity(rows.len());
    for row in rows {
        let amount = row.amount_minor.zip(row.currency).map(|(minor, currency)| money(minor, &currency)).transpose()?;
        facts.push(Fact { value: choice("fact", &row.value)?, subject: row.subject_id, amount, at: row.at });
    }
    Ok(facts)
}
