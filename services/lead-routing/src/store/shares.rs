//! How many leads rules with fixed percentages have given to whom.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::route::Splits;

/// The counts of these rules.
pub async fn of_rules(db: &mut PgConnection, tenant: Uuid, rules: &[Uuid]) -> sqlx::Result<Splits> {
    let rows = sqlx::query!(
        "select rule_id, person_id, assigned from lead_routing.rule_shares where tenant_id = $1 and rule_id = any($2)",
        tenant,
        rules,
    )
    .fetch_all(db)
    .await?;
    let count = |assigned: i64| u64::try_from(assigned).unwrap_or(0);
    Ok(rows.into_iter().map(|row| ((row.rule_id, row.person_id), count(row.assigned))).collect())
}

/// Counts one more lead.
pub async fn add(db: &mut PgConnection, tenant: Uuid, rule_id: Uuid, person_id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.rule_shares (tenant_id, rule_id, person_id, assigned) values ($1, $2, $3, 1)
         on conflict (tenant_id, rule_id, person_id) do update set assigned = lead_routing.rule_shares.assigned + 1",
        tenant,
        rule_id,
        person_id,
    )
    .execute(db)
    .await?;
    Ok(())
}
