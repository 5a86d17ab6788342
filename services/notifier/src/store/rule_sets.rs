//! Rules that tenants use instead of the default ones.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub async fn get(db: &mut PgConnection, tenant: Uuid) -> Result<Option<Value>, sqlx::Error> {
    sqlx::query_scalar!("select rules from notifier.rule_sets where tenant_id = $1", tenant).fetch_optional(db).await
}

pub async fn put(
    db: &mut PgConnection,
    tenant: Uuid,
    rules: &Value,
    changed_by: Uuid,
    changed_at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into notifier.rule_sets (tenant_id, rules, changed_by, changed_at) values ($1, $2, $3, $4)
         on conflict (tenant_id) do update
             set rules = excluded.rules, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        tenant,
        rules,
        changed_by,
        changed_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete(db: &mut PgConnection, tenant: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from notifier.rule_sets where tenant_id = $1", tenant).execute(db).await?;
    Ok(())
}
