//! Running numbers such as Q-2027-000123, per tenant, kind and year.

use kernel::TenantId;
use sqlx::PgConnection;

/// The next number, written out with its prefix. Concurrent writers wait for each other here.
pub async fn next(db: &mut PgConnection, tenant: TenantId, prefix: &str, year: i32) -> sqlx::Result<String> {
    let number = sqlx::query_scalar!(
        "insert into quote_contract.counters (tenant_id, kind, year, last) values ($1, $2, $3, 1)
         on conflict (tenant_id, kind, year) do update set last = quote_contract.counters.last + 1
         returning last",
        tenant.0,
        prefix,
        year,
    )
    .fetch_one(db)
    .await?;
    Ok(format!("{prefix}-{year}-{number:06}"))
}
