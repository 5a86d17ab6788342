//! `ai_qa.price_facts`

use chrono::{DateTime, Utc};
use kernel::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::stored::read_json;
use crate::domain::scoring::PriceFact;
use crate::error::AiQaError;

/// The tenant's numbers and their version; none and 0 before somebody has put any.
pub async fn find(db: &mut PgConnection) -> Result<(Vec<PriceFact>, i64), AiQaError> {
    let row = sqlx::query!("select facts, version from ai_qa.price_facts").fetch_optional(db).await?;
    let Some(row) = row else { return Ok((Vec::new(), 0)) };
    Ok((read_json("price facts", row.facts)?, row.version))
}

pub async fn save(
    db: &mut PgConnection,
    tenant: TenantId,
    facts: &[PriceFact],
    version: i64,
    by: Uuid,
    now: DateTime<Utc>,
) -> Result<(), AiQaError> {
    sqlx::query!(
        "insert into ai_qa.price_facts (tenant_id, facts, version, changed_by, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (tenant_id) do update
         set facts = excluded.facts, version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        tenant.0,
        serde_json::to_value(facts).unwrap_or_default(),
        version,
        by,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
