//! `/api/reports`

use axum::extract::State as Shared;
use chrono::{DateTime, Duration, Utc};
use runtime::http::{Call, Json, Query};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::State;
use crate::error::AnalyticsError;
use crate::ops::StageDwell;
use crate::ops::ask::{self, FunnelStep};
use crate::ops::rebuild::{self, Comparison};

const USUAL_TIME: Duration = Duration::days(90);

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(funnel)).routes(routes!(stage_dwell)).routes(routes!(rebuild_projections))
}

/// From `from`, inclusive, to `to`, exclusive: the last 90 days when not given.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Time {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

impl Time {
    fn span(&self, now: DateTime<Utc>) -> Result<(DateTime<Utc>, DateTime<Utc>), AnalyticsError> {
        // What happens now belongs to the time that ends now.
        let to = self.to.unwrap_or(now + Duration::microseconds(1));
        let from = self.from.or_else(|| to.checked_sub_signed(USUAL_TIME)).unwrap_or(to);
        if from < to { Ok((from, to)) } else { Err(AnalyticsError::EmptyTime) }
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Funnel {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    steps: Vec<FunnelStep>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Dwell {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    stages: Vec<StageDwell>,
}

/// The leads received in a time, and how far they have come until now.
#[utoipa::path(get, path = "/api/reports/funnel", params(Time), tag = "reports", responses((status = 200, body = Funnel)))]
async fn funnel(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(time): Query<Time>,
) -> Result<Json<Funnel>, AnalyticsError> {
    let (from, to) = time.span(state.clock.now())?;
    Ok(Json(Funnel { from, to, steps: ask::funnel(&state, &caller, (from, to)).await? }))
}

/// How long opportunities stayed in the stages they entered in a time.
#[utoipa::path(get, path = "/api/reports/stage-dwell", params(Time), tag = "reports",
    responses((status = 200, body = Dwell)))]
async fn stage_dwell(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(time): Query<Time>,
) -> Result<Json<Dwell>, AnalyticsError> {
    let (from, to) = time.span(state.clock.now())?;
    Ok(Json(Dwell { from, to, stages: ask::stage_dwell(&state, &caller, (from, to)).await? }))
}

/// Rebuilds everything from the services' ledgers, says whether it was the same, and puts right what was not.
#[utoipa::path(post, path = "/api/reports/rebuild", tag = "reports", responses((status = 200, body = Comparison)))]
async fn rebuild_projections(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<Comparison>, AnalyticsError> {
    Ok(Json(rebuild::rebuild(&state, &caller).await?))
}
