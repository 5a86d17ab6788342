//! Leads.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::domain::assignment::Assignment;
use crate::domain::lead::Lead;

/// What a list is narrowed to. Empty fields narrow nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<String>,
    pub source: Option<String>,
    pub owner: Option<Uuid>,
    pub region: Option<String>,
    /// Part of the company's name.
    pub text: Option<String>,
    /// Only leads that nobody has.
    pub pool: bool,
    /// A `jsonpath` predicate on the custom fields.
    pub custom: Option<String>,
}

/// Stores a new lead, and the decision about it, in one statement.
pub async fn insert(db: &mut PgConnection, lead: &Lead, decision: Option<&Assignment>) -> sqlx::Result<()> {
    sqlx::query!(
        "with lead as (
             insert into lead_routing.leads select * from jsonb_populate_record(null::lead_routing.leads, $1)
         )
         insert into lead_routing.assignments
         select * from jsonb_populate_record(null::lead_routing.assignments, $2) where $2 is not null",
        Json(lead) as _,
        decision.map(Json) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The lead, locked until the write ends.
pub async fn lock(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Lead>> {
    let row = sqlx::query_scalar!(
        r#"select to_jsonb(l) as "lead!: Json<Lead>" from lead_routing.leads l where id = $1 for update"#,
        id,
    );
    Ok(row.fetch_optional(db).await?.map(|Json(lead)| lead))
}

pub async fn find(db: &mut PgConnection, id: Uuid) -> sqlx::Result<Option<Lead>> {
    let row =
        sqlx::query_scalar!(r#"select to_jsonb(l) as "lead!: Json<Lead>" from lead_routing.leads l where id = $1"#, id);
    Ok(row.fetch_optional(db).await?.map(|Json(lead)| lead))
}

/// Stores what can change on a lead.
pub async fn save(db: &mut PgConnection, lead: &Lead) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.leads l set
             (org, owner_id, state, version, generation, assigned_at, touch_due_at, touched_at, avatar, nickname,
              first_chat_at, screened_at, released_by, customer_id, opportunity_id, tried_at)
             = (r.org, r.owner_id, r.state, r.version, r.generation, r.assigned_at, r.touch_due_at, r.touched_at, r.avatar,
                r.nickname, r.first_chat_at, r.screened_at, r.released_by, r.customer_id, r.opportunity_id, r.tried_at)
         from jsonb_populate_record(null::lead_routing.leads, $2) r where l.id = $1",
        lead.id,
        Json(lead) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets whoever has a company see the leads that repeat it.
pub async fn show_repeats_to(
    db: &mut PgConnection,
    original: Uuid,
    owner: Option<Uuid>,
    org: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update lead_routing.leads set owner_id = $2, org = $3 where duplicate_of = $1",
        original,
        owner,
        org,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The newest leads that are not converted and repeat no other.
pub async fn newest_open(db: &mut PgConnection, limit: i64) -> sqlx::Result<Vec<Lead>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(l) as "lead!: Json<Lead>" from lead_routing.leads l
           where state not in ('converted', 'duplicate') order by received_at desc, id desc limit $1"#,
        limit,
    );
    Ok(rows.fetch_all(db).await?.into_iter().map(|Json(lead)| lead).collect())
}

/// One page, newest first; row-level security hides what the reader may not see. One row more than `limit` says that
/// there is a next page.
pub async fn list(
    db: &mut PgConnection,
    filter: &Filter,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Lead>> {
    let rows = sqlx::query_scalar!(
        r#"select to_jsonb(l) as "lead!: Json<Lead>" from lead_routing.leads l
           where ($1::text is null or state = $1) and ($2::text is null or source = $2)
             and ($3::uuid is null or owner_id = $3) and ($4::text is null or starts_with(region, $4))
             and ($5::text is null or position(lower($5) in lower(company)) > 0)
             and (not $6 or owner_id is null)
             and ($7::timestamptz is null or (received_at, id) < ($7, $8))
             and ($10::text is null or custom @@ $10::text::jsonpath)
           order by received_at desc, id desc limit $9"#,
        filter.state,
        filter.source,
        filter.owner,
        filter.region,
        filter.text,
        filter.pool,
        after.map(|(received_at, _)| received_at),
        after.map(|(_, id)| id),
        limit + 1,
        filter.custom,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|Json(lead)| lead).collect())
}
