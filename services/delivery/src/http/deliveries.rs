//! `/api/deliveries`

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, ProblemBody, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app;
use crate::domain::{self, Delivery, Light};
use crate::error::DeliveryError;
use crate::ops::DeliveryFilter as Filter;
use crate::ops::first_pass::{FirstPassRate, Span, show_first_pass};
use crate::ops::issue_acceptance::{Issued, NewAcceptance, issue_acceptance};
use crate::ops::promise_delivery::{Promise, promise_delivery};
use crate::ops::schedule_delivery::{Schedule, schedule_delivery};
use crate::ops::show_delivery::{self, DeliveryDetail, list_deliveries};

pub(super) fn routes() -> OpenApiRouter<app::State> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(first_pass))
        .routes(routes!(show))
        .routes(routes!(schedule))
        .routes(routes!(promise))
        .routes(routes!(issue))
}

/// Which cards to list.
#[derive(Clone, Copy, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    state: Option<domain::State>,
    light: Option<Light>,
    customer_id: Option<Uuid>,
}

/// Cards, newest first.
#[utoipa::path(get, path = "/api/deliveries", tag = "deliveries", params(ListQuery, PageQuery),
    responses((status = 200, body = Page<Delivery>)))]
async fn list(
    State(state): State<app::State>,
    Call(caller): Call,
    Query(query): Query<ListQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Delivery>>, DeliveryError> {
    let (ListQuery { state: wanted, light, customer_id }, limit) = (query, page.limit());
    let filter = Filter { state: wanted, light, customer_id, after: page.after_time()?, limit };
    let rows = list_deliveries(&state, &caller, filter).await?;
    Ok(Json(Page::of(rows, limit, |card| Cursor::at(card.created_at, card.id))))
}

/// How many deliveries were accepted at the first time of asking.
#[utoipa::path(get, path = "/api/deliveries/first-pass", tag = "deliveries", params(Span),
    responses((status = 200, body = FirstPassRate)))]
async fn first_pass(
    State(state): State<app::State>,
    Call(caller): Call,
    Query(span): Query<Span>,
) -> Result<Json<FirstPassRate>, DeliveryError> {
    Ok(Json(show_first_pass(&state, &caller, span).await?))
}

/// One card with its lines, payments, links and history.
#[utoipa::path(get, path = "/api/deliveries/{id}", tag = "deliveries", params(("id" = Uuid, Path)),
    responses((status = 200, body = DeliveryDetail), (status = 404, body = ProblemBody)))]
async fn show(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<DeliveryDetail>, DeliveryError> {
    let detail = show_delivery::show_delivery(&state, &caller, id).await?;
    Ok(Versioned(detail.delivery.version, detail))
}

/// Plans a delivery and books a place in its week.
#[utoipa::path(put, path = "/api/deliveries/{id}/schedule", tag = "deliveries", params(("id" = Uuid, Path)),
    request_body = Schedule, responses((status = 200, body = Delivery),
    (status = 409, body = ProblemBody, description = "already_delivered"),
    (status = 412, body = ProblemBody, description = "changed_meanwhile"),
    (status = 422, body = ProblemBody, description = "capacity_exceeded")))]
async fn schedule(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(input): Json<Schedule>,
) -> Result<Versioned<Delivery>, DeliveryError> {
    let card = schedule_delivery(&state, &caller, id, seen, input).await?;
    Ok(Versioned(card.version, card))
}

/// Notes the date the customer was told.
#[utoipa::path(put, path = "/api/deliveries/{id}/promise", tag = "deliveries", params(("id" = Uuid, Path)),
    request_body = Promise, responses((status = 200, body = Delivery),
    (status = 409, body = ProblemBody, description = "already_delivered"),
    (status = 412, body = ProblemBody, description = "changed_meanwhile")))]
async fn promise(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    IfMatch(seen): IfMatch,
    Json(input): Json<Promise>,
) -> Result<Versioned<Delivery>, DeliveryError> {
    let card = promise_delivery(&state, &caller, id, seen, input).await?;
    Ok(Versioned(card.version, card))
}

/// Issues the link with which the customer accepts or rejects. Token and address are answered once.
#[utoipa::path(post, path = "/api/deliveries/{id}/acceptances", tag = "deliveries", params(("id" = Uuid, Path)),
    request_body = NewAcceptance, responses((status = 201, body = Issued),
    (status = 409, body = ProblemBody, description = "already_delivered")))]
async fn issue(
    State(state): State<app::State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<NewAcceptance>,
) -> Result<(StatusCode, Json<Issued>), DeliveryError> {
    Ok((StatusCode::CREATED, Json(issue_acceptance(&state, &caller, id, input).await?)))
}
