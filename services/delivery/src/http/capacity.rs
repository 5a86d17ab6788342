//! `/api/capacity`

use axum::extract::State;
use axum::http::StatusCode;
use kernel::{FieldError, Problem, Text};
use runtime::http::{Call, Json, Path, ProblemBody, Query};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app;
use crate::domain::Week;
use crate::error::DeliveryError;
use crate::ops::CapacityLock;
use crate::ops::Load;
use crate::ops::capacity::show_capacity;
use crate::ops::lock_capacity::{LockCapacity, lock_capacity};
use crate::ops::release_capacity::release_capacity;
use crate::ops::set_capacity::{self, SetCapacity};

const DEFAULT_WEEKS: usize = 8;
const MOST_WEEKS: usize = 104;

pub(super) fn routes() -> OpenApiRouter<app::State> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(set)).routes(routes!(lock)).routes(routes!(release))
}

/// Which weeks to show.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct WeeksQuery {
    /// Monday of the first week; this week when not given.
    from: Option<Week>,
    /// How many, 1 to 104; 8 when not given.
    weeks: Option<usize>,
}

/// How full weeks are, in their order.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
struct Weeks {
    items: Vec<Load>,
}

/// Shows how full weeks are.
#[utoipa::path(get, path = "/api/capacity", tag = "capacity", params(WeeksQuery),
    responses((status = 200, body = Weeks)))]
async fn list(
    State(state): State<app::State>,
    Call(caller): Call,
    Query(query): Query<WeeksQuery>,
) -> Result<Json<Weeks>, DeliveryError> {
    let first = query.from.unwrap_or_else(|| Week::of(state.clock.now()));
    let count = query.weeks.unwrap_or(DEFAULT_WEEKS).clamp(1, MOST_WEEKS);
    let weeks: Vec<Week> = first.following().take(count).collect();
    Ok(Json(Weeks { items: show_capacity(&state, &caller, &weeks).await? }))
}

/// Says how many deliveries a week can take.
#[utoipa::path(put, path = "/api/capacity/{week}", tag = "capacity", params(("week" = String, Path)),
    request_body = SetCapacity, responses((status = 200, body = Load), (status = 400, body = ProblemBody)))]
async fn set(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(week): Path<String>,
    Json(input): Json<SetCapacity>,
) -> Result<Json<Load>, DeliveryError> {
    let reason = Text::new("须为星期一的日期", "must be the date of a Monday");
    let week = week.parse().map_err(|_| Problem::invalid(vec![FieldError::new("week", "not_a_monday", reason)]))?;
    Ok(Json(set_capacity::set_capacity(&state, &caller, week, input).await?))
}

/// Keeps a place for an opportunity.
#[utoipa::path(post, path = "/api/capacity/locks", tag = "capacity", request_body = LockCapacity,
    responses((status = 201, body = CapacityLock),
    (status = 409, body = ProblemBody, description = "capacity_already_locked"),
    (status = 422, body = ProblemBody, description = "capacity_exceeded")))]
async fn lock(
    State(state): State<app::State>,
    Call(caller): Call,
    Json(input): Json<LockCapacity>,
) -> Result<(StatusCode, Json<CapacityLock>), DeliveryError> {
    Ok((StatusCode::CREATED, Json(lock_capacity(&state, &caller, input).await?)))
}

/// Gives a kept place back.
#[utoipa::path(delete, path = "/api/capacity/locks/{id}", tag = "capacity", params(("id" = Uuid, Path)),
    responses((status = 200, body = CapacityLock), (status = 404, body = ProblemBody)))]
async fn release(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<CapacityLock>, DeliveryError> {
    Ok(Json(release_capacity(&state, &caller, id).await?))
}
