//! `analytics.timeline`, as it is shown.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::LIVE;
use crate::error::AnalyticsError;

/// Something that happened, in any service.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct TimelineEntry {
    pub event_id: Uuid,
    pub service: String,
    /// Such as `lead.assigned.v1`.
    pub event_type: String,
    pub aggregate: String,
    pub aggregate_id: Uuid,
    pub version: i64,
    pub at: DateTime<Utc>,
    pub actor_id: Uuid,
    pub actor_role: String,
    /// The same for everything that follows from one request.
    pub correlation: Uuid,
    /// The event that caused this one.
    pub causation: Option<Uuid>,
    /// The event as it was published.
    #[schema(value_type = Object)]
    pub payload: Value,
}

/// What a timeline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Customer(Uuid),
    Opportunity(Uuid),
    Lead(Uuid),
    Correlation(Uuid),
}

/// The records that have ever named the subject: all that happened to them belongs to its timeline.
async fn aggregates(db: &mut PgConnection, subject: Subject) -> Result<Vec<Uuid>, AnalyticsError> {
    let (customer, opportunity, lead) = match subject {
        Subject::Customer(id) => (Some(id), None, None),
        Subject::Opportunity(id) => (None, Some(id), None),
        Subject::Lead(id) => (None, None, Some(id)),
        Subject::Correlation(_) => return Ok(Vec::new()),
    };
    let found = sqlx::query_scalar!(
        r#"select aggregate_id as "id!" from analytics.timeline where generation = $1 and customer_id = $2
           union select aggregate_id from analytics.timeline where generation = $1 and opportunity_id = $3
           union select aggregate_id from analytics.timeline where generation = $1 and lead_id = $4"#,
        LIVE,
        customer,
        opportunity,
        lead,
    );
    Ok(found.fetch_all(db).await?)
}

/// Newest first, from after the cursor; one more than `limit` when there are more.
pub async fn list(
    db: &mut PgConnection,
    subject: Subject,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> Result<Vec<TimelineEntry>, AnalyticsError> {
    let aggregates = aggregates(db, subject).await?;
    let correlation = if let Subject::Correlation(id) = subject { Some(id) } else { None };
    let (after_at, after_id) = after.unzip();
    let found = sqlx::query_as!(
        TimelineEntry,
        "select event_id, service, event_type, aggregate, aggregate_id, version, at, actor_id, actor_role, correlation,
                causation, payload
         from analytics.timeline
         where generation = $1 and (aggregate_id = any($2) or correlation = $3)
           and ($4::timestamptz is null or (at, event_id) < ($4, $5))
         order by at desc, event_id desc limit $6",
        LIVE,
        &aggregates,
        correlation,
        after_at,
        after_id,
        limit + 1,
    );
    Ok(found.fetch_all(db).await?)
}
