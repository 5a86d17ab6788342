//! The discount authority that operations have set.

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::authority::Authority;

pub struct SetAuthority {
    pub number: i32,
    pub limits: Authority,
    pub set_at: DateTime<Utc>,
    pub set_by: Uuid,
}

/// The one in force; `None` until somebody has set one.
pub async fn current(db: &mut PgConnection, tenant: TenantId) -> sqlx::Result<Option<SetAuthority>> {
    let row = sqlx::query!(
        r#"select number, limits as "limits: Json<Authority>", set_at, set_by from quote_contract.authorities
           where tenant_id = $1 order by number desc limit 1"#,
        tenant.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| SetAuthority { number: row.number, limits: row.limits.0, set_at: row.set_at, set_by: row.set_by }))
}

pub async fn insert(db: &mut PgConnection, tenant: TenantId, id: Uuid, set: &SetAuthority) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into quote_contract.authorities (tenant_id, id, number, limits, set_at, set_by)
         values ($1, $2, $3, $4, $5, $6)",
        tenant.0,
        id,
        set.number,
        Json(&set.limits) as _,
        set.set_at,
        set.set_by,
    )
    .execute(db)
    .await?;
    Ok(())
}
