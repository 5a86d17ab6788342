//! `/api/objections`: the library that visits draw from.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::objection::{Objection, ObjectionInput};
use crate::error::AiQaError;
use crate::ops::keep_objection::{add_objection, change_objection, withdraw_objection};
use crate::ops::list::{find_objection, list_objections};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(add, list)).routes(routes!(show, change, withdraw))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    industry: Option<String>,
    customer_id: Option<Uuid>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Adds an objection.
#[utoipa::path(post, path = "/api/objections", request_body = ObjectionInput, tag = "objections",
    responses((status = 201, body = Objection)))]
async fn add(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<ObjectionInput>,
) -> Result<(StatusCode, Json<Objection>), AiQaError> {
    Ok((StatusCode::CREATED, Json(add_objection(&state, &caller, input).await?)))
}

/// The library, newest first.
#[utoipa::path(get, path = "/api/objections", params(Wanted), tag = "objections",
    responses((status = 200, body = Page<Objection>)))]
async fn list(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<Objection>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let (after, limit) = (page.after_time()?, page.limit());
    let found = list_objections(&state, &caller, wanted.industry.as_deref(), wanted.customer_id, after, limit).await?;
    Ok(Json(Page::of(found, limit, |objection| Cursor::at(objection.created_at, objection.id))))
}

/// One objection; its version is the ETag.
#[utoipa::path(get, path = "/api/objections/{id}", params(("id" = Uuid, Path)), tag = "objections",
    responses((status = 200, body = Objection)))]
async fn show(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<Objection>, AiQaError> {
    let objection = find_objection(&state, &caller, id).await?;
    Ok(Versioned(objection.version, objection))
}

/// Changes an objection; reviews that have drawn it keep its old words.
#[utoipa::path(put, path = "/api/objections/{id}", params(("id" = Uuid, Path)), request_body = ObjectionInput,
    tag = "objections", responses((status = 200, body = Objection)))]
async fn change(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<ObjectionInput>,
) -> Result<Versioned<Objection>, AiQaError> {
    let objection = change_objection(&state, &caller, id, seen, input).await?;
    Ok(Versioned(objection.version, objection))
}

/// Withdraws an objection: it is drawn no more.
#[utoipa::path(delete, path = "/api/objections/{id}", params(("id" = Uuid, Path)), tag = "objections",
    responses((status = 204)))]
async fn withdraw(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AiQaError> {
    withdraw_objection(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
