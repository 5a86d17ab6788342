//! `/api/leads`: handing in, listing, showing.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use runtime::http::{Call, Json, Page, Path, Query};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::new_lead::NewLead;
use crate::error::LeadError;
use crate::ops;
use crate::ops::find_lead::TouchView;
use crate::ops::list_leads::LeadQuery;
use crate::ops::view::{AssignmentView, LeadView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(create_lead, list_leads))
        .routes(routes!(find_lead))
        .routes(routes!(list_assignments))
        .routes(routes!(list_touches))
}

/// Hands in a lead. It is assigned at once when somebody fits, queued otherwise; a known company is answered with
/// the state `duplicate`, who has it and why.
#[utoipa::path(post, path = "/api/leads", request_body = NewLead, responses((status = 201, body = LeadView)), tag = "leads")]
async fn create_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(new): Json<NewLead>,
) -> Result<(StatusCode, Json<LeadView>), LeadError> {
    let view = ops::create_lead::create_lead(&state, &caller, new).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// The leads one may see, newest first. `state=unassigned` shows the pool.
#[utoipa::path(get, path = "/api/leads", params(LeadQuery), responses((status = 200, body = Page<LeadView>)), tag = "leads")]
async fn list_leads(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(query): Query<LeadQuery>,
) -> Result<Json<Page<LeadView>>, LeadError> {
    Ok(Json(ops::list_leads::list_leads(&state, &caller, query).await?))
}

/// One lead.
#[utoipa::path(get, path = "/api/leads/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = LeadView)), tag = "leads")]
async fn find_lead(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<LeadView>, LeadError> {
    Ok(Json(ops::find_lead::find_lead(&state, &caller, id).await?))
}

/// Every decision about whose the lead is, with its explanation, oldest first.
#[utoipa::path(
    get, path = "/api/leads/{id}/assignments", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<AssignmentView>)), tag = "leads"
)]
async fn list_assignments(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<AssignmentView>>, LeadError> {
    Ok(Json(ops::find_lead::assignments(&state, &caller, id).await?))
}

/// Every contact with the lead, oldest first.
#[utoipa::path(
    get, path = "/api/leads/{id}/touches", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<TouchView>)), tag = "leads"
)]
async fn list_touches(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<TouchView>>, LeadError> {
    Ok(Json(ops::find_lead::touches(&state, &caller, id).await?))
}
