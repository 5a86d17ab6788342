//! Rules that tenants use instead of the default ones.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub async fn get(db: &mut PgConnection, tenant: Uuid) -> Result<Option<Value>, sqlx::Error> {
    sqlx::query_scalar!("select rules from notifier.rule_sets where tenant_id = $1", tenant).fetch_optional(db).await
}

/// The rule set's id and the version of the last thing said of it.
pub struct Position {
    pub id: Uuid,
    pub version: i64,
}

/// `id` is taken when the tenant had no rules of its own.
pub async fn put(
    db: &mut PgConnection,
    (tenant, id): (Uuid, Uuid),
    rules: &Value,
    changed_by: Uuid,
    changed_at: DateTime<Utc>,
) -> Result<Position, sqlx::Error> {
    sqlx::query_as!(
        Position,
        "insert into notifier.rule_sets as r (tenant_id, rules, changed_by, changed_at, id, version)
         values ($1, $2, $3, $4, $5, 1)
         on conflict (tenant_id) do update
             set rules = excluded.rules, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
                 version = r.version + 1
         returning id, version",
        tenant,
        rules,
        changed_by,
        changed_at,
        id,
    )
    .fetch_one(db)
    .await
}

/// Takes the tenant's own rules away; none when there were none.
pub async fn delete(db: &mut PgConnection, tenant: Uuid) -> Result<Option<Position>, sqlx::Error> {
    sqlx::query_as!(Position, "delete from notifier.rule_sets where tenant_id = $1 returning id, version", tenant)
        .fetch_optional(db)
        .await
}
