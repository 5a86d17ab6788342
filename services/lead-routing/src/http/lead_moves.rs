//! `/api/leads/{id}/…`: what is done with a lead.

use axum::extract::State as Shared;
use runtime::http::{Call, Json, Path};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::LeadError;
use crate::ops;
use crate::ops::convert_lead::ConvertInput;
use crate::ops::reassign_lead::ReassignInput;
use crate::ops::return_lead::ReturnInput;
use crate::ops::screen_lead::ScreeningInput;
use crate::ops::touch_lead::TouchInput;
use crate::ops::view::LeadView;

type Answer = Result<Json<LeadView>, LeadError>;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(screen_lead))
        .routes(routes!(touch_lead))
        .routes(routes!(reassign_lead))
        .routes(routes!(return_lead))
        .routes(routes!(claim_lead))
        .routes(routes!(convert_lead))
}

/// Files the screening form; follow-up rights begin with it.
#[utoipa::path(
    put, path = "/api/leads/{id}/screening", params(("id" = Uuid, Path)), request_body = ScreeningInput,
    responses((status = 200, body = LeadView)), tag = "leads"
)]
async fn screen_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(form): Json<ScreeningInput>,
) -> Answer {
    Ok(Json(ops::screen_lead::screen_lead(&state, &caller, id, form).await?))
}

/// Records a contact with its proof. After the first one the screening form is needed.
#[utoipa::path(
    post, path = "/api/leads/{id}/touch", params(("id" = Uuid, Path)), request_body = TouchInput,
    responses((status = 200, body = LeadView)), tag = "leads"
)]
async fn touch_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<TouchInput>,
) -> Answer {
    Ok(Json(ops::touch_lead::touch_lead(&state, &caller, id, input).await?))
}

/// Gives the lead to somebody else, or a queued one to somebody.
#[utoipa::path(
    post, path = "/api/leads/{id}/reassign", params(("id" = Uuid, Path)), request_body = ReassignInput,
    responses((status = 200, body = LeadView)), tag = "leads"
)]
async fn reassign_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<ReassignInput>,
) -> Answer {
    Ok(Json(ops::reassign_lead::reassign_lead(&state, &caller, id, input).await?))
}

/// Gives the lead back to the pool.
#[utoipa::path(
    post, path = "/api/leads/{id}/return", params(("id" = Uuid, Path)), request_body = ReturnInput,
    responses((status = 200, body = LeadView)), tag = "leads"
)]
async fn return_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<ReturnInput>,
) -> Answer {
    Ok(Json(ops::return_lead::return_lead(&state, &caller, id, input).await?))
}

/// Takes a lead out of the pool of one's own node.
#[utoipa::path(
    post, path = "/api/leads/{id}/claim", params(("id" = Uuid, Path)),
    responses((status = 200, body = LeadView)), tag = "leads"
)]
async fn claim_lead(Shared(state): Shared<State>, Call(caller): Call, Path(id): Path<Uuid>) -> Answer {
    Ok(Json(ops::claim_lead::claim_lead(&state, &caller, id).await?))
}

/// Turns a screened lead into an opportunity.
#[utoipa::path(
    post, path = "/api/leads/{id}/convert", params(("id" = Uuid, Path)), request_body = ConvertInput,
    responses((status = 200, body = LeadView)), tag = "leads"
)]
async fn convert_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<ConvertInput>,
) -> Answer {
    Ok(Json(ops::convert_lead::convert_lead(&state, &caller, id, input).await?))
}
