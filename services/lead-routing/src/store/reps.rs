//! Reps and what each has taken on.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::rep::Rep;

/// The people some rules may choose from, and which rules and process are in force.
#[derive(Clone, Debug)]
pub struct Field {
    pub rules_version: i64,
    pub process_version: Option<i32>,
    pub reps: Vec<Rep>,
}

/// Reads the people named or standing in one of the nodes, without locking anybody, in a stable order.
pub async fn field(db: &mut PgConnection, tenant: Uuid, people: &[Uuid], nodes: &[String]) -> sqlx::Result<Field> {
    let rows = sqlx::query!(
        r#"select s.rules_version as "rules_version!", s.process_version, to_jsonb(r) as "rep: Json<Rep>"
           from (select coalesce((select version from lead_routing.rule_sets where tenant_id = $1), 0) as rules_version,
                        (select max(version) from process_definitions where tenant_id = $1 and name = 'lead')
                            as process_version) s
           left join lead_routing.reps r on r.tenant_id = $1
               and (r.person_id = any($2) or exists (select from unnest($3::text[]) node where starts_with(r.org, node)))
           order by r.person_id"#,
        tenant,
        people,
        nodes,
    )
    .fetch_all(db)
    .await?;
    let (rules_version, process_version) =
        rows.first().map_or((0, None), |row| (row.rules_version, row.process_version));
    let reps = rows.into_iter().filter_map(|row| row.rep).map(|Json(rep)| rep).collect();
    Ok(Field { rules_version, process_version, reps })
}

/// Gives one more lead to the first of `order` who is not being given one at this moment and has not changed since
/// their revision was read. Answers who it is. Never waits.
pub async fn take_first(
    db: &mut PgConnection,
    tenant: Uuid,
    order: &[(Uuid, i64)],
    day: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Uuid>> {
    let (people, revisions): (Vec<Uuid>, Vec<i64>) = order.iter().copied().unzip();
    sqlx::query_scalar!(
        "with picked as (
             select r.person_id from lead_routing.reps r
             join unnest($2::uuid[], $3::bigint[]) with ordinality as wanted (person_id, revision, at)
                 on r.person_id = wanted.person_id and r.revision = wanted.revision
             where r.tenant_id = $1 order by wanted.at limit 1 for update of r skip locked
         )
         update lead_routing.reps r set
             open_count = r.open_count + 1, day_assigned = case when r.day = $4 then r.day_assigned + 1 else 1 end,
             day_closed = case when r.day = $4 then r.day_closed else 0 end, day = $4,
             assigned_total = r.assigned_total + 1, last_assigned_at = $5, revision = r.revision + 1
         from picked where r.tenant_id = $1 and r.person_id = picked.person_id
         returning r.person_id",
        tenant,
        &people,
        &revisions,
        day,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Waits until nobody else is giving this person a lead.
pub async fn wait_for(db: &mut PgConnection, tenant: Uuid, person_id: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "select person_id from lead_routing.reps where tenant_id = $1 and person_id = $2 for update",
        tenant,
        person_id,
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// The people, locked in a fixed order so that two writes never wait for each other.
pub async fn lock(db: &mut PgConnection, tenant: Uuid, people: &[Uuid]) -> sqlx::Result<Vec<Rep>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "rep!: Json<Rep>" from lead_routing.reps r
           where tenant_id = $1 and person_id = any($2) order by person_id for update"#,
        tenant,
        people,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(rep)| rep).collect())
}

/// Counts one more lead for somebody, whatever their limits.
pub async fn give(
    db: &mut PgConnection,
    tenant: Uuid,
    person_id: Uuid,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.reps set
             open_count = open_count + 1, day_assigned = case when day = $3 then day_assigned + 1 else 1 end,
             day_closed = case when day = $3 then day_closed else 0 end, day = $3,
             assigned_total = assigned_total + 1, last_assigned_at = $4, revision = revision + 1
         where tenant_id = $1 and person_id = $2",
        tenant,
        person_id,
        day,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts one lead less for somebody.
pub async fn relieve(db: &mut PgConnection, tenant: Uuid, person_id: Uuid, day: NaiveDate) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.reps set
             open_count = greatest(open_count - 1, 0), day_closed = case when day = $3 then day_closed + 1 else 1 end,
             day_assigned = case when day = $3 then day_assigned else 0 end, day = $3, revision = revision + 1
         where tenant_id = $1 and person_id = $2",
        tenant,
        person_id,
        day,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who works on leads is there: counts as signing in.
pub async fn seen(db: &mut PgConnection, tenant: Uuid, person_id: Uuid, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.reps set last_signed_in_at = $3 where tenant_id = $1 and person_id = $2",
        tenant,
        person_id,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn find(db: &mut PgConnection, person_id: Uuid) -> sqlx::Result<Option<Rep>> {
    let row = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "rep!: Json<Rep>" from lead_routing.reps r where person_id = $1"#,
        person_id,
    );
    Ok(row.fetch_optional(db).await?.map(|Json(rep)| rep))
}

/// Everybody the reader may see.
pub async fn list(db: &mut PgConnection) -> sqlx::Result<Vec<Rep>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(r) as "rep!: Json<Rep>" from lead_routing.reps r order by org, person_id"#,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(rep)| rep).collect())
}

pub async fn insert(db: &mut PgConnection, rep: &Rep) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lead_routing.reps select * from jsonb_populate_record(null::lead_routing.reps, $1)",
        Json(rep) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores the profile; the counters stay what they are.
pub async fn save(db: &mut PgConnection, rep: &Rep) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.reps r set
             (org, name, version, active, paused, level, skills, daily_cap, open_limit, last_signed_in_at, travelling,
              leave_from, leave_to, hours, on_duty, revision)
             = (n.org, n.name, n.version, n.active, n.paused, n.level, n.skills, n.daily_cap, n.open_limit,
                n.last_signed_in_at, n.travelling, n.leave_from, n.leave_to, n.hours, n.on_duty, r.revision + 1)
         from jsonb_populate_record(null::lead_routing.reps, $3) n where r.tenant_id = $1 and r.person_id = $2",
        rep.tenant_id.0,
        rep.person_id,
        Json(rep) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// True when somebody of the node or below is on the duty roster.
pub async fn anybody_on_duty(db: &mut PgConnection, tenant: Uuid, org: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from lead_routing.reps where tenant_id = $1 and on_duty and active
           and starts_with(org, $2)) as "exists!""#,
        tenant,
        org,
    )
    .fetch_one(db)
    .await
}
