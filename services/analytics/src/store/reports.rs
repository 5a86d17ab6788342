//! `analytics.facts`, summed up. A lead or opportunity counts when any fact about it is visible.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use super::LIVE;
use crate::error::AnalyticsError;

/// How many leads reached a step, and as which records.
pub struct Reached {
    pub step: String,
    pub leads: i64,
    pub records: Vec<Uuid>,
}

/// How long opportunities stayed in a stage.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct StageDwell {
    pub stage: String,
    /// Stays that have ended; the figures below are over these.
    pub left: i64,
    /// Opportunities that are still there.
    pub staying: i64,
    pub mean_hours: Option<f64>,
    pub median_hours: Option<f64>,
    pub p90_hours: Option<f64>,
    /// Standard deviation by mean (σ/µ): how uneven the stays are.
    pub variation: Option<f64>,
    /// Those that have left, longest stay first; at most 500.
    pub left_opportunities: Vec<Uuid>,
    /// Those that are still there, longest first; at most 500.
    pub staying_opportunities: Vec<Uuid>,
}

/// The leads received in [from, to), and what became of them until now.
pub async fn funnel(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Reached>, AnalyticsError> {
    let reached = sqlx::query_as!(
        Reached,
        r#"with cohort as (
               select distinct r.lead_id from analytics.facts r
               where r.generation = $1 and r.name = 'received' and r.kind = 'milestone' and r.at >= $2 and r.at < $3
                 and exists (select from analytics.facts v where v.generation = $1 and v.lead_id = r.lead_id
                             and sluice_visible(v.tenant_id, v.org, v.owner_id))
           ), converted as (
               select c.lead_id, f.opportunity_id from cohort c
               join analytics.facts f on f.generation = $1 and f.lead_id = c.lead_id and f.name = 'converted'
           ), signed as (
               select c.lead_id, f.contract_id from converted c
               join analytics.facts f on f.generation = $1 and f.opportunity_id = c.opportunity_id and f.name = 'signed'
           ), reached as (
               select c.lead_id, f.name, f.record_id from cohort c
               join analytics.facts f on f.generation = $1 and f.lead_id = c.lead_id
               where f.kind = 'milestone' and f.name in ('received', 'assigned', 'touched', 'converted')
               union all
               select c.lead_id, f.name, f.record_id from converted c
               join analytics.facts f on f.generation = $1 and f.opportunity_id = c.opportunity_id
               where f.kind = 'milestone' and f.name in ('quoted', 'signed')
               union all
               select s.lead_id, f.name, f.record_id from signed s
               join analytics.facts f on f.generation = $1 and f.contract_id = s.contract_id
               where f.kind = 'milestone' and f.name in ('delivered', 'cleared')
           )
           select name as "step!", count(distinct lead_id) as "leads!",
                  (array_agg(distinct record_id))[1:500] as "records!"
           from reached group by name"#,
        LIVE,
        from,
        to,
    );
    Ok(reached.fetch_all(db).await?)
}

/// Stays that began in [from, to), by stage.
pub async fn stage_dwell(
    db: &mut PgConnection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<StageDwell>, AnalyticsError> {
    let stays = sqlx::query_as!(
        StageDwell,
        r#"with stays as (
               select record_id, name, at, lead(at) over (partition by record_id order by version) as left_at
               from analytics.facts f
               where generation = $1 and kind = 'stage'
                 and exists (select from analytics.facts v where v.generation = $1 and v.record_id = f.record_id
                             and v.aggregate_id = f.aggregate_id and sluice_visible(v.tenant_id, v.org, v.owner_id))
           ), measured as (
               select record_id, name, left_at is not null as ended,
                      (extract(epoch from coalesce(left_at, $4) - at) / 3600)::float8 as hours
               from stays where at >= $2 and at < $3
           )
           select name as "stage!",
                  count(*) filter (where ended) as "left!",
                  count(*) filter (where not ended) as "staying!",
                  avg(hours) filter (where ended) as mean_hours,
                  percentile_cont(0.5) within group (order by hours) filter (where ended) as median_hours,
                  percentile_cont(0.9) within group (order by hours) filter (where ended) as p90_hours,
                  stddev_pop(hours) filter (where ended) / nullif(avg(hours) filter (where ended), 0) as variation,
                  coalesce((array_agg(record_id order by hours desc) filter (where ended))[1:500], '{}') as "left_opportunities!",
                  coalesce((array_agg(record_id order by hours desc) filter (where not ended))[1:500], '{}') as "staying_opportunities!"
           from measured group by name order by name"#,
        LIVE,
        from,
        to,
        now,
    );
    Ok(stays.fetch_all(db).await?)
}
