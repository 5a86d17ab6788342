//! `crm.opportunity_budgets`

use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::{choice, money};
use crate::domain::budgets::{Range, Stated};
use crate::error::CrmError;

pub async fn of_opportunity(db: &mut PgConnection, opportunity: Uuid) -> Result<Vec<Stated>, CrmError> {
    Ok(of_opportunities(db, &[opportunity]).await?.into_iter().map(|(_, stated)| stated).collect())
}

/// Each with the opportunity it was stated for.
pub async fn of_opportunities(db: &mut PgConnection, opportunities: &[Uuid]) -> Result<Vec<(Uuid, Stated)>, CrmError> {
    let rows = sqlx::query!(
        "select opportunity_id, kind, low_minor, high_minor, currency, stated_by, stated_at
         from crm.opportunity_budgets where opportunity_id = any($1) order by kind",
        opportunities,
    )
    .fetch_all(db)
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let range = Range { low: money(row.low_minor, &row.currency)?, high: money(row.high_minor, &row.currency)? };
        let stated = Stated { kind: choice("budget kind", &row.kind)?, range, by: row.stated_by, at: row.stated_at };
        found.push((row.opportunity_id, stated));
    }
    Ok(found)
}

/// States a budget, or states it anew.
pub async fn put(db: &mut PgConnection, tenant: TenantId, opportunity: Uuid, stated: &Stated) -> Result<(), CrmError> {
    sqlx::query!(
        "insert into crm.opportunity_budgets
             (tenant_id, opportunity_id, kind, low_minor, high_minor, currency, stated_by, stated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (opportunity_id, kind) do update
             set low_minor = excluded.low_minor, high_minor = excluded.high_minor, currency = excluded.currency,
                 stated_by = excluded.stated_by, stated_at = excluded.stated_at",
        tenant.0,
        opportunity,
        stated.kind.as_str(),
        stated.range.low.minor,
        stated.range.high.minor,
        stated.range.low.currency.as_str(),
        stated.by,
        stated.at,
    )
    .execute(db)
    .await?;
    Ok(())
}
