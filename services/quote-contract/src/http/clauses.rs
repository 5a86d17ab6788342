//! `/api/clauses`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::error::Error;
use crate::ops::draft_clause::{self, NewClause};
use crate::ops::publish_clause;
use crate::ops::read_clauses::{self, ClauseView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list_clauses, draft)).routes(routes!(list_revisions)).routes(routes!(publish))
}

/// The latest revision of each clause, by code.
#[utoipa::path(get, path = "/api/clauses", params(PageQuery), responses((status = 200, body = Page<ClauseView>)), tag = "clauses")]
async fn list_clauses(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<ClauseView>>, Error> {
    let after = page.cursor().map_err(Error::Worded)?.map(|cursor| cursor.key);
    let limit = page.limit();
    let found = read_clauses::list_clauses(&state, &caller.principal, after.as_deref(), limit + 1).await?;
    Ok(Json(Page::of(found, limit, |clause| Cursor { key: clause.code.clone(), id: clause.id })))
}

/// Writes a clause, or the next revision of one with the same code.
#[utoipa::path(post, path = "/api/clauses", request_body = NewClause, responses((status = 201, body = ClauseView)), tag = "clauses")]
async fn draft(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<NewClause>,
) -> Result<(StatusCode, Json<ClauseView>), Error> {
    Ok((StatusCode::CREATED, Json(draft_clause::draft_clause(&state, &caller, input).await?)))
}

/// Every revision of one clause, newest first.
#[utoipa::path(get, path = "/api/clauses/{id}", responses((status = 200, body = Vec<ClauseView>)), tag = "clauses")]
async fn list_revisions(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<ClauseView>>, Error> {
    Ok(Json(read_clauses::list_revisions(&state, &caller.principal, id).await?))
}

/// Publishes the draft; asks for a second factor.
#[utoipa::path(post, path = "/api/clauses/{id}/publish", responses((status = 200, body = ClauseView)), tag = "clauses")]
async fn publish(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ClauseView>, Error> {
    Ok(Json(publish_clause::publish_clause(&state, &caller, id).await?))
}
