//! `/api/session/second-factor` and `/api/session/step-up`.

use axum::extract::State as Shared;
use http::StatusCode;
use runtime::http::{Call, Json};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::door::CurrentSession;
use crate::State;
use crate::error::GatewayError;
use crate::ops::second_factor::{self, Proposed};
use crate::ops::step_up::{self, Code, SteppedUp};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(enrol_second_factor))
        .routes(routes!(confirm_second_factor))
        .routes(routes!(step_up))
}

/// Proposes a new second factor. It counts once its first code is confirmed; replacing one needs a step-up.
#[utoipa::path(post, path = "/api/session/second-factor", responses((status = 201, body = Proposed)), tag = "session")]
async fn enrol_second_factor(
    Shared(state): Shared<State>,
    Call(caller): Call,
    _: CurrentSession,
) -> Result<(StatusCode, Json<Proposed>), GatewayError> {
    let proposed = second_factor::enrol_second_factor(&state, &caller).await?;
    Ok((StatusCode::CREATED, Json(proposed)))
}

/// Confirms the proposed second factor with its first code.
#[utoipa::path(post, path = "/api/session/second-factor/confirm", request_body = Code, responses((status = 204)),
    tag = "session")]
async fn confirm_second_factor(
    Shared(state): Shared<State>,
    Call(caller): Call,
    _: CurrentSession,
    Json(input): Json<Code>,
) -> Result<StatusCode, GatewayError> {
    second_factor::confirm_second_factor(&state, &caller, &input.code).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the second factor; it counts for this session for some minutes.
#[utoipa::path(post, path = "/api/session/step-up", request_body = Code, responses((status = 200, body = SteppedUp)),
    tag = "session")]
async fn step_up(
    Shared(state): Shared<State>,
    Call(caller): Call,
    current: CurrentSession,
    Json(input): Json<Code>,
) -> Result<Json<SteppedUp>, GatewayError> {
    let stepped_up = step_up::step_up(&state, &caller, current.id, &input.code).await?;
    state.identities.forget(&current.token);
    Ok(Json(stepped_up))
}
