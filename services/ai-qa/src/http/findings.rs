//! `/api/conclusions` and `/api/objection-candidates`: what was found in transcripts and waits for somebody's word.

use axum::extract::State as Shared;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::offer::{CandidateState, ConfirmInput, OfferState};
use crate::error::AiQaError;
use crate::ops::decide_candidate::{AcceptInput, accept_candidate, list_candidates, reject_candidate};
use crate::ops::decide_conclusion::{self, confirm_conclusion, list_conclusions, reject_conclusion};
use crate::ops::views::{CandidateView, ConclusionView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(conclusions))
        .routes(routes!(confirm))
        .routes(routes!(reject))
        .routes(routes!(candidates))
        .routes(routes!(accept))
        .routes(routes!(dismiss))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct ConclusionsWanted {
    recording_id: Option<Uuid>,
    visit_id: Option<Uuid>,
    /// offered, confirmed or rejected.
    #[param(inline)]
    state: Option<OfferState>,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct CandidatesWanted {
    /// mined, accepted or rejected.
    #[param(inline)]
    state: Option<CandidateState>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Conclusions of one's own recordings and of those one may hear; newest first.
#[utoipa::path(get, path = "/api/conclusions", params(ConclusionsWanted), tag = "conclusions",
    responses((status = 200, body = Page<ConclusionView>)))]
async fn conclusions(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<ConclusionsWanted>,
) -> Result<Json<Page<ConclusionView>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let filter =
        decide_conclusion::Wanted { recording: wanted.recording_id, visit: wanted.visit_id, state: wanted.state };
    let found = list_conclusions(&state, &caller, filter, page.after_time()?, page.limit()).await?;
    Ok(Json(Page::of(found, page.limit(), |one| Cursor::at(one.offered_at, one.id))))
}

/// The rep takes a conclusion as it was heard, or corrects it.
#[utoipa::path(post, path = "/api/conclusions/{id}/confirm", params(("id" = Uuid, Path)), request_body = ConfirmInput,
    tag = "conclusions", responses((status = 200, body = ConclusionView)))]
async fn confirm(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<ConfirmInput>,
) -> Result<Json<ConclusionView>, AiQaError> {
    Ok(Json(confirm_conclusion(&state, &caller, id, input).await?))
}

/// The rep says that nothing of the kind was concluded.
#[utoipa::path(post, path = "/api/conclusions/{id}/reject", params(("id" = Uuid, Path)), tag = "conclusions",
    responses((status = 200, body = ConclusionView)))]
async fn reject(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ConclusionView>, AiQaError> {
    Ok(Json(reject_conclusion(&state, &caller, id).await?))
}

/// Objections heard in recordings one may hear; newest first.
#[utoipa::path(get, path = "/api/objection-candidates", params(CandidatesWanted), tag = "objections",
    responses((status = 200, body = Page<CandidateView>)))]
async fn candidates(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<CandidatesWanted>,
) -> Result<Json<Page<CandidateView>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let found = list_candidates(&state, &caller, wanted.state, page.after_time()?, page.limit()).await?;
    Ok(Json(Page::of(found, page.limit(), |one| Cursor::at(one.mined_at, one.id))))
}

/// Takes an objection into the library; for coaches and operations who may hear the recording.
#[utoipa::path(post, path = "/api/objection-candidates/{id}/accept", params(("id" = Uuid, Path)),
    request_body = AcceptInput, tag = "objections", responses((status = 200, body = CandidateView)))]
async fn accept(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<AcceptInput>,
) -> Result<Json<CandidateView>, AiQaError> {
    Ok(Json(accept_candidate(&state, &caller, id, input).await?))
}

/// Leaves an objection out of the library.
#[utoipa::path(post, path = "/api/objection-candidates/{id}/reject", params(("id" = Uuid, Path)), tag = "objections",
    responses((status = 200, body = CandidateView)))]
async fn dismiss(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<CandidateView>, AiQaError> {
    Ok(Json(reject_candidate(&state, &caller, id).await?))
}
