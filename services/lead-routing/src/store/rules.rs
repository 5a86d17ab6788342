//! Routing rules.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::rule::Rule;

/// A tenant's rules in the order in which they are tried.
pub async fn list(db: &mut PgConnection, tenant: Uuid) -> sqlx::Result<Vec<Rule>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "rule!: Json<Rule>" from lead_routing.routing_rules r
           where tenant_id = $1 and removed_at is null order by position, id"#,
        tenant,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(rule)| rule).collect())
}

/// How often the tenant's rules have changed, and which version of the process it has published.
pub async fn versions(db: &mut PgConnection, tenant: Uuid) -> sqlx::Result<(i64, Option<i32>)> {
    let row = sqlx::query!(
        r#"select coalesce((select version from lead_routing.rule_sets where tenant_id = $1), 0) as "rules!",
                  (select max(version) from process_definitions where tenant_id = $1 and name = 'lead') as process"#,
        tenant,
    )
    .fetch_one(db)
    .await?;
    Ok((row.rules, row.process))
}

pub async fn lock(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Rule>> {
    let row = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "rule!: Json<Rule>" from lead_routing.routing_rules r
           where id = $1 and removed_at is null for update"#,
        id,
    );
    Ok(row.fetch_optional(db).await?.map(|Json(rule)| rule))
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Rule>> {
    let row = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "rule!: Json<Rule>" from lead_routing.routing_rules r where id = $1 and removed_at is null"#,
        id,
    );
    Ok(row.fetch_optional(db).await?.map(|Json(rule)| rule))
}

/// Stores a rule, new or changed, and tells everybody who keeps rules in memory.
pub async fn save(db: &mut PgConnection, tenant: Uuid, rule: &Rule) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.routing_rules (id, tenant_id, position, name, enabled, version, condition, action)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set position = excluded.position, name = excluded.name, enabled = excluded.enabled,
             version = excluded.version, condition = excluded.condition, action = excluded.action",
        rule.id,
        tenant,
        rule.position,
        rule.name,
        rule.enabled,
        rule.version,
        Json(&rule.condition) as _,
        Json(&rule.action) as _,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from lead_routing.rule_shares where tenant_id = $1 and rule_id = $2", tenant, rule.id)
        .execute(&mut *db)
        .await?;
    changed(db, tenant).await
}

/// Takes a rule out of force; it stays for the decisions it made.
pub async fn remove(
    db: &mut PgConnection,
    tenant: Uuid,
    rule: &Rule,
    at: chrono::DateTime<chrono::Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.routing_rules set removed_at = $2, version = $3 where id = $1",
        rule.id,
        at,
        rule.version,
    )
    .execute(&mut *db)
    .await?;
    changed(db, tenant).await
}

async fn changed(db: &mut PgConnection, tenant: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.rule_sets (tenant_id, version) values ($1, 1)
         on conflict (tenant_id) do update set version = lead_routing.rule_sets.version + 1",
        tenant,
    )
    .execute(db)
    .await?;
    Ok(())
}
