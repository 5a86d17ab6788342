//! `/api/demo/clock`: moving time. Mounted in demonstrations only.

use axum::extract::State as Shared;
use runtime::http::{Call, Json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::State;
use crate::error::GatewayError;
use crate::ops::advance_clock::{self, Advance, ClockView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show_clock)).routes(routes!(advance_clock))
}

/// What time it is here.
#[utoipa::path(get, path = "/api/demo/clock", responses((status = 200, body = ClockView)), tag = "demo")]
async fn show_clock(Shared(state): Shared<State>, Call(_caller): Call) -> Json<ClockView> {
    Json(advance_clock::show_clock(&state))
}

/// Moves time forward.
#[utoipa::path(post, path = "/api/demo/clock/advance", request_body = Advance, responses((status = 200, body = ClockView)),
    tag = "demo")]
async fn advance_clock(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<Advance>,
) -> Result<Json<ClockView>, GatewayError> {
    advance_clock::advance_clock(&state, &caller, &input).map(Json)
}
