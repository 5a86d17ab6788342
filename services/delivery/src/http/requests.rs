//! `/api/deliveries/requests`

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, ProblemBody, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app;
use crate::domain::request::{Reply, Request, RequestState, Urgency};
use crate::error::DeliveryError;
use crate::ops::RequestFilter as Filter;
use crate::ops::answer_request::answer_request;
use crate::ops::file_request::{NewRequest, file_request};
use crate::ops::show_requests::{list_requests, show_request};
use crate::ops::take_request::take_request;

pub(super) fn routes() -> OpenApiRouter<app::State> {
    OpenApiRouter::new().routes(routes!(list, file)).routes(routes!(show)).routes(routes!(take)).routes(routes!(reply))
}

/// Which requests to list.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    state: Option<RequestState>,
    urgency: Option<Urgency>,
}

/// Requests, newest first.
#[utoipa::path(get, path = "/api/deliveries/requests", tag = "requests", params(ListQuery, PageQuery),
    responses((status = 200, body = Page<Request>)))]
async fn list(
    State(state): State<app::State>,
    Call(caller): Call,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Request>>, DeliveryError> {
    let limit = page.limit();
    let filter = Filter { state: query.state, urgency: query.urgency, after: page.after_time()?, limit };
    let rows = list_requests(&state, &caller, filter).await?;
    Ok(Json(Page::of(rows, limit, |request| Cursor::at(request.filed_at, request.id))))
}

/// Files a customer's wish.
#[utoipa::path(post, path = "/api/deliveries/requests", tag = "requests", request_body = NewRequest,
    responses((status = 201, body = Request), (status = 400, body = ProblemBody)))]
async fn file(
    State(state): State<app::State>,
    Call(caller): Call,
    Json(input): Json<NewRequest>,
) -> Result<(StatusCode, Json<Request>), DeliveryError> {
    Ok((StatusCode::CREATED, Json(file_request(&state, &caller, input).await?)))
}

/// One request.
#[utoipa::path(get, path = "/api/deliveries/requests/{id}", tag = "requests", params(("id" = Uuid, Path)),
    responses((status = 200, body = Request), (status = 404, body = ProblemBody)))]
async fn show(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<Request>, DeliveryError> {
    let request = show_request(&state, &caller, id).await?;
    Ok(Versioned(request.version, request))
}

/// Takes a request on.
#[utoipa::path(post, path = "/api/deliveries/requests/{id}/take", tag = "requests", params(("id" = Uuid, Path)),
    responses((status = 200, body = Request),
    (status = 409, body = ProblemBody, description = "request_not_waiting")))]
async fn take(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Request>, DeliveryError> {
    Ok(Json(take_request(&state, &caller, id).await?))
}

/// Answers whether and how.
#[utoipa::path(put, path = "/api/deliveries/requests/{id}/reply", tag = "requests", params(("id" = Uuid, Path)),
    request_body = Reply, responses((status = 200, body = Request),
    (status = 409, body = ProblemBody, description = "request_not_waiting")))]
async fn reply(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<Reply>,
) -> Result<Json<Request>, DeliveryError> {
    Ok(Json(answer_request(&state, &caller, id, input).await?))
}
