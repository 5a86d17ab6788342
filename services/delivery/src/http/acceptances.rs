//! `/api/acceptances`: public; the token in the address is the permission.

use axum::extract::State;
use kernel::Principal;
use runtime::http::{Json, Path, ProblemBody, Visitor};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app;
use crate::error::DeliveryError;
use crate::ops::decide_acceptance::{Answer, Decided, decide_acceptance};
use crate::ops::show_acceptance::{self, Offer, find_target};

pub(super) fn routes() -> OpenApiRouter<app::State> {
    OpenApiRouter::new().routes(routes!(show, decide))
}

/// What is to be accepted.
#[utoipa::path(get, path = "/api/acceptances/{token}", tag = "acceptances", params(("token" = String, Path)),
    security(()), responses((status = 200, body = Offer),
    (status = 404, body = ProblemBody, description = "acceptance_unknown"),
    (status = 410, body = ProblemBody, description = "acceptance_expired or acceptance_used")))]
async fn show(State(state): State<app::State>, Path(token): Path<String>) -> Result<Json<Offer>, DeliveryError> {
    Ok(Json(show_acceptance::show_acceptance(&state, &token).await?))
}

/// Accepts (确认可用) or rejects, once.
#[utoipa::path(post, path = "/api/acceptances/{token}", tag = "acceptances", params(("token" = String, Path)),
    security(()), request_body = Answer, responses((status = 200, body = Decided),
    (status = 404, body = ProblemBody, description = "acceptance_unknown"),
    (status = 410, body = ProblemBody, description = "acceptance_expired or acceptance_used"),
    (status = 422, body = ProblemBody, description = "acceptance_evidence_missing")))]
async fn decide(
    State(state): State<app::State>,
    visitor: Visitor,
    Path(token): Path<String>,
    Json(answer): Json<Answer>,
) -> Result<Json<Decided>, DeliveryError> {
    let target = find_target(&state, &token).await?;
    let caller = visitor.acting_as(Principal::service(target.tenant, "delivery"));
    Ok(Json(decide_acceptance(&state, &caller, target, answer).await?))
}
