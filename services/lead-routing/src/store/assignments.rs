//! Decisions about whose a lead is, and what they add up to.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::assignment::Assignment;

pub async fn insert(db: &mut PgConnection, assignment: &Assignment) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.assignments
         select * from jsonb_populate_record(null::lead_routing.assignments, $1)",
        Json(assignment) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Every decision about a lead, oldest first.
pub async fn of_lead(db: &mut PgConnection, lead_id: Uuid) -> sqlx::Result<Vec<Assignment>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(a) as "assignment!: Json<Assignment>" from lead_routing.assignments a
           where lead_id = $1 order by at, id"#,
        lead_id,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(assignment)| assignment).collect())
}

/// What one rep got in a period.
#[derive(Clone, Debug)]
pub struct Received {
    pub rep_id: Uuid,
    pub by_rule: i64,
    pub manual: i64,
    pub other: i64,
    /// Leads taken back from them because they did not touch them.
    pub lost: i64,
    /// The sum of their fair shares of the leads that they could have got by a rule.
    pub expected: f64,
}

/// What everybody got between two instants, row-level security permitting.
pub async fn received(db: &mut PgConnection, from: DateTime<Utc>, to: DateTime<Utc>) -> sqlx::Result<Vec<Received>> {
    sqlx::query_as!(
        Received,
        r#"with decided as (select * from lead_routing.assignments where at >= $1 and at < $2),
           got as (
               select rep_id as person_id,
                      count(*) filter (where how in ('rule', 'recall') and rule_id is not null) as by_rule,
                      count(*) filter (where how = 'manual') as manual,
                      count(*) filter (where how in ('fallback', 'owner_kept')) as other
               from decided where rep_id is not null group by rep_id
           ),
           lost as (select previous_rep_id as person_id, count(*) as lost from decided
                    where how = 'recall' or (how = 'queued' and previous_rep_id is not null) group by previous_rep_id),
           expected as (
               select (c ->> 'person_id')::uuid as person_id, sum((c ->> 'share')::float8) as expected
               from decided, jsonb_array_elements(explanation -> 'considered') c
               where how in ('rule', 'recall') and rule_id is not null group by 1
           )
           select r.person_id as "rep_id!", coalesce(g.by_rule, 0) as "by_rule!", coalesce(g.manual, 0) as "manual!",
                  coalesce(g.other, 0) as "other!", coalesce(l.lost, 0) as "lost!", coalesce(e.expected, 0) as "expected!"
           from lead_routing.reps r
           left join got g using (person_id) left join lost l using (person_id) left join expected e using (person_id)
           order by r.org, r.person_id"#,
        from,
        to,
    )
    .fetch_all(db)
    .await
}
