//! `/api/comparison-sheets` and `/api/price-facts`: what competitors offer, and the numbers that must be right.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::comparison_sheet::{ComparisonSheet, SheetInput};
use crate::error::AiQaError;
use crate::ops::find_talk_tracks::{find_comparison_sheet, find_price_facts, list_comparison_sheets};
use crate::ops::keep_comparison_sheet::{add_comparison_sheet, change_comparison_sheet, withdraw_comparison_sheet};
use crate::ops::keep_price_facts::{PriceFacts, keep_price_facts};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(add, list))
        .routes(routes!(show, change, withdraw))
        .routes(routes!(facts, keep_facts))
}

/// Adds a sheet; each competitor has one.
#[utoipa::path(post, path = "/api/comparison-sheets", request_body = SheetInput, tag = "comparison sheets",
    responses((status = 201, body = ComparisonSheet)))]
async fn add(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<SheetInput>,
) -> Result<(StatusCode, Json<ComparisonSheet>), AiQaError> {
    Ok((StatusCode::CREATED, Json(add_comparison_sheet(&state, &caller, input).await?)))
}

/// All sheets, newest first.
#[utoipa::path(get, path = "/api/comparison-sheets", params(PageQuery), tag = "comparison sheets",
    responses((status = 200, body = Page<ComparisonSheet>)))]
async fn list(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ComparisonSheet>>, AiQaError> {
    let found = list_comparison_sheets(&state, &caller, page.after_time()?, page.limit()).await?;
    Ok(Json(Page::of(found, page.limit(), |sheet| Cursor::at(sheet.created_at, sheet.id))))
}

/// One sheet; its version is the ETag.
#[utoipa::path(get, path = "/api/comparison-sheets/{id}", params(("id" = Uuid, Path)), tag = "comparison sheets",
    responses((status = 200, body = ComparisonSheet)))]
async fn show(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<ComparisonSheet>, AiQaError> {
    let sheet = find_comparison_sheet(&state, &caller, id).await?;
    Ok(Versioned(sheet.version, sheet))
}

/// Changes a sheet.
#[utoipa::path(put, path = "/api/comparison-sheets/{id}", params(("id" = Uuid, Path)), request_body = SheetInput,
    tag = "comparison sheets", responses((status = 200, body = ComparisonSheet)))]
async fn change(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<SheetInput>,
) -> Result<Versioned<ComparisonSheet>, AiQaError> {
    let sheet = change_comparison_sheet(&state, &caller, id, seen, input).await?;
    Ok(Versioned(sheet.version, sheet))
}

/// Withdraws a sheet.
#[utoipa::path(delete, path = "/api/comparison-sheets/{id}", params(("id" = Uuid, Path)), tag = "comparison sheets",
    responses((status = 204)))]
async fn withdraw(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AiQaError> {
    withdraw_comparison_sheet(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The numbers that answers are held against; their version is the ETag.
#[utoipa::path(get, path = "/api/price-facts", tag = "comparison sheets", responses((status = 200, body = PriceFacts)))]
async fn facts(Shared(state): Shared<State>, Call(caller): Call) -> Result<Versioned<PriceFacts>, AiQaError> {
    let (version, facts) = find_price_facts(&state, &caller).await?;
    Ok(Versioned(version, facts))
}

/// Puts a new list of numbers in place of the old one.
#[utoipa::path(put, path = "/api/price-facts", request_body = PriceFacts, tag = "comparison sheets",
    responses((status = 200, body = PriceFacts)))]
async fn keep_facts(
    Shared(state): Shared<State>,
    Call(caller): Call,
    seen: IfMatch,
    Json(input): Json<PriceFacts>,
) -> Result<Versioned<PriceFacts>, AiQaError> {
    let (version, facts) = keep_price_facts(&state, &caller, seen, input).await?;
    Ok(Versioned(version, facts))
}
