//! Leads that nobody has, for the service's own background work.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

/// Who has waited longest for another try, of all tenants or one.
pub async fn waiting(
    db: &mut PgConnection,
    tenant: Option<TenantId>,
    tried_before: DateTime<Utc>,
    limit: i64,
) -> sqlx::Result<Vec<(TenantId, Uuid)>> {
    let rows = sqlx::query!(
        "select tenant_id, id from lead_routing.leads
         where state = 'unassigned' and ($1::uuid is null or tenant_id = $1) and (tried_at is null or tried_at <= $2)
         order by tried_at nulls first, received_at limit $3",
        tenant.map(|tenant| tenant.0),
        tried_before,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (TenantId(row.tenant_id), row.id)).collect())
}

/// Notes that nobody was found for a lead.
pub async fn tried(db: &mut PgConnection, id: Uuid, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("update lead_routing.leads set tried_at = $2 where id = $1", id, at).execute(db).await?;
    Ok(())
}
