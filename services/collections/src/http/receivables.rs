//! `/api/receivables`

use axum::extract;
use runtime::http::{Call, IfMatch, Json, Page, Path, Query, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::CollectionsError;
use crate::ops;
use crate::ops::advance_journey::Advance;
use crate::ops::decide_write_off::DecideWriteOff;
use crate::ops::list_next_steps::{NextStepQuery, NextStepView};
use crate::ops::list_receivables::ReceivableQuery;
use crate::ops::request_write_off::RequestWriteOff;
use crate::ops::resolve_blocker::Resolve;
use crate::ops::show_ageing::AgeingView;
use crate::ops::view::{BlockerView, ReceivableDetail, ReceivableView, WriteOffView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(next_steps))
        .routes(routes!(ageing))
        .routes(routes!(show))
        .routes(routes!(advance))
        .routes(routes!(resolve))
        .routes(routes!(request_write_off))
        .routes(routes!(decide_write_off))
}

/// Receivables, newest first.
#[utoipa::path(get, path = "/api/receivables", params(ReceivableQuery),
    responses((status = 200, body = Page<ReceivableView>)), tag = "receivables")]
async fn list(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Query(query): Query<ReceivableQuery>,
) -> Result<Json<Page<ReceivableView>>, CollectionsError> {
    Ok(Json(ops::list_receivables::list_receivables(&state, &caller, query).await?))
}

/// What to do next about each open receivable, the longest standing first.
#[utoipa::path(get, path = "/api/receivables/next-steps", params(NextStepQuery),
    responses((status = 200, body = Vec<NextStepView>)), tag = "receivables")]
async fn next_steps(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Query(query): Query<NextStepQuery>,
) -> Result<Json<Vec<NextStepView>>, CollectionsError> {
    Ok(Json(ops::list_next_steps::list_next_steps(&state, &caller, query).await?))
}

/// What is owed, by how long it has been due.
#[utoipa::path(get, path = "/api/receivables/ageing",
    responses((status = 200, body = Vec<AgeingView>)), tag = "receivables")]
async fn ageing(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
) -> Result<Json<Vec<AgeingView>>, CollectionsError> {
    Ok(Json(ops::show_ageing::show_ageing(&state, &caller).await?))
}

/// One receivable with plan, journey, payments and blockers. Its version is the ETag.
#[utoipa::path(get, path = "/api/receivables/{id}",
    responses((status = 200, body = ReceivableDetail)), tag = "receivables")]
async fn show(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<ReceivableDetail>, CollectionsError> {
    let detail = ops::show_receivable::show_receivable(&state, &caller, id).await?;
    Ok(Versioned(detail.receivable.version, detail))
}

/// Moves the journey to its next node, with evidence.
#[utoipa::path(post, path = "/api/receivables/{id}/advance", request_body = Advance,
    responses((status = 200, body = ReceivableView)), tag = "receivables")]
async fn advance(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<Advance>,
) -> Result<Json<ReceivableView>, CollectionsError> {
    Ok(Json(ops::advance_journey::advance_journey(&state, &caller, id, &seen, input).await?))
}

/// Says how a blocker was removed; answers those still open.
#[utoipa::path(post, path = "/api/receivables/{id}/blockers/{code}/resolve", request_body = Resolve,
    responses((status = 200, body = Vec<BlockerView>)), tag = "receivables")]
async fn resolve(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path((id, code)): Path<(Uuid, String)>,
    Json(input): Json<Resolve>,
) -> Result<Json<Vec<BlockerView>>, CollectionsError> {
    Ok(Json(ops::resolve_blocker::resolve_blocker(&state, &caller, id, &code, input).await?))
}

/// Asks that what is still owed be given up.
#[utoipa::path(post, path = "/api/receivables/{id}/write-off", request_body = RequestWriteOff,
    responses((status = 200, body = WriteOffView)), tag = "receivables")]
async fn request_write_off(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<RequestWriteOff>,
) -> Result<Json<WriteOffView>, CollectionsError> {
    Ok(Json(ops::request_write_off::request_write_off(&state, &caller, id, input).await?))
}

/// Confirms or rejects a write-off: another person, another role, a second factor.
#[utoipa::path(post, path = "/api/receivables/{id}/write-off/decision", request_body = DecideWriteOff,
    responses((status = 200, body = ReceivableView)), tag = "receivables")]
async fn decide_write_off(
    extract::State(state): extract::State<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<DecideWriteOff>,
) -> Result<Json<ReceivableView>, CollectionsError> {
    Ok(Json(ops::decide_write_off::decide_write_off(&state, &caller, id, input).await?))
}
