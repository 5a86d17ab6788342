//! `/api/quotes`

use axum::extract::State as Extract;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::domain::quote_status::QuoteStatus;
use crate::error::Error;
use crate::ops::QuoteFilter as Filter;
use crate::ops::check_quote::{self, QuoteCheck};
use crate::ops::draft_quote::{self, NewQuote};
use crate::ops::quote_content::QuoteContent;
use crate::ops::quote_view::{QuoteSummary, QuoteView, RevisionView};
use crate::ops::{read_quotes, revise_quote, send_quote, submit_quote};

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QuoteQuery {
    pub opportunity_id: Option<Uuid>,
    pub customer_id: Option<Uuid>,
    pub status: Option<QuoteStatus>,
    /// Part of the number, the company or the subject.
    pub q: Option<String>,
    /// `key:value` of a custom field: text matches in part, everything else exactly.
    pub custom: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_quotes, draft))
        .routes(routes!(get_quote, revise))
        .routes(routes!(list_revisions))
        .routes(routes!(check))
        .routes(routes!(submit))
        .routes(routes!(send))
}

/// Quotes one may see, newest first.
#[utoipa::path(get, path = "/api/quotes", params(QuoteQuery), responses((status = 200, body = Page<QuoteSummary>)), tag = "quotes")]
async fn list_quotes(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Query(query): Query<QuoteQuery>,
) -> Result<Json<Page<QuoteSummary>>, Error> {
    let page = PageQuery { cursor: query.cursor, limit: query.limit };
    let after = page.after_time().map_err(Error::Worded)?;
    let QuoteQuery { opportunity_id, customer_id, status, q, custom, .. } = query;
    let filter = Filter { opportunity_id, customer_id, status, q, custom };
    let limit = page.limit();
    let found = read_quotes::list_quotes(&state, &caller.principal, filter, after, limit + 1).await?;
    Ok(Json(Page::of(found, limit, |quote| Cursor::at(quote.created_at, quote.id))))
}

/// Drafts a quote for an opportunity.
#[utoipa::path(post, path = "/api/quotes", request_body = NewQuote, responses((status = 201, body = QuoteView)), tag = "quotes")]
async fn draft(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Json(input): Json<NewQuote>,
) -> Result<(StatusCode, Json<QuoteView>), Error> {
    Ok((StatusCode::CREATED, Json(draft_quote::draft_quote(&state, &caller, input).await?)))
}

#[utoipa::path(get, path = "/api/quotes/{id}", responses((status = 200, body = QuoteView)), tag = "quotes")]
async fn get_quote(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<QuoteView>, Error> {
    let view = read_quotes::get_quote(&state, &caller.principal, id).await?;
    Ok(Versioned(view.quote.version, view))
}

/// Changes a draft, or begins a new revision of a quote that was submitted before.
#[utoipa::path(put, path = "/api/quotes/{id}", request_body = QuoteContent, responses((status = 200, body = QuoteView)), tag = "quotes")]
async fn revise(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(content): Json<QuoteContent>,
) -> Result<Json<QuoteView>, Error> {
    Ok(Json(revise_quote::revise_quote(&state, &caller, id, seen, content).await?))
}

/// Every revision, newest first.
#[utoipa::path(get, path = "/api/quotes/{id}/revisions", responses((status = 200, body = Vec<RevisionView>)), tag = "quotes")]
async fn list_revisions(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<RevisionView>>, Error> {
    Ok(Json(read_quotes::list_revisions(&state, &caller.principal, id).await?))
}

/// What contradicts itself, the budget or the delivery capacity.
#[utoipa::path(get, path = "/api/quotes/{id}/consistency", responses((status = 200, body = QuoteCheck)), tag = "quotes")]
async fn check(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<QuoteCheck>, Error> {
    Ok(Json(check_quote::check_quote(&state, &caller, id).await?))
}

/// Approves by authority or asks those who may.
#[utoipa::path(post, path = "/api/quotes/{id}/submit", responses((status = 200, body = QuoteView)), tag = "quotes")]
async fn submit(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<QuoteView>, Error> {
    Ok(Json(submit_quote::submit_quote(&state, &caller, id).await?))
}

/// Fixes the PDF and tells that the customer has it.
#[utoipa::path(post, path = "/api/quotes/{id}/send", responses((status = 200, body = QuoteView)), tag = "quotes")]
async fn send(
    Extract(state): Extract<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<QuoteView>, Error> {
    Ok(Json(send_quote::send_quote(&state, &caller, id).await?))
}
