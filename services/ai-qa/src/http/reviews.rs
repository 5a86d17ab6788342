//! `/api/reviews`: what reps have to answer and coaches to decide.

use axum::extract::State as Shared;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::answer::Outcome;
use crate::domain::review::{AnswerInput, DecisionInput, ReviewState};
use crate::error::AiQaError;
use crate::ops::ReviewsWanted;
use crate::ops::answer_objection::answer_objection;
use crate::ops::decide_review::decide_review;
use crate::ops::list::{find_review, list_reviews};
use crate::ops::views::ReviewView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(answer)).routes(routes!(decide))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// waiting_answer, waiting_review or decided.
    #[param(inline)]
    state: Option<ReviewState>,
    /// good, needs_coaching (待辅导) or needs_human.
    #[param(inline)]
    outcome: Option<Outcome>,
    rep_id: Option<Uuid>,
    objection_id: Option<Uuid>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// A rep's own reviews, or the queue of those who look after reps; newest first.
#[utoipa::path(get, path = "/api/reviews", params(Wanted), tag = "reviews",
    responses((status = 200, body = Page<ReviewView>)))]
async fn list(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<ReviewView>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let filter = ReviewsWanted {
        state: wanted.state,
        outcome: wanted.outcome,
        rep: wanted.rep_id,
        objection: wanted.objection_id,
    };
    let found = list_reviews(&state, &caller, filter, page.after_time()?, page.limit()).await?;
    let views = found.into_iter().map(ReviewView::from).collect();
    Ok(Json(Page::of(views, page.limit(), |view| Cursor::at(view.drawn_at, view.id))))
}

/// One review.
#[utoipa::path(get, path = "/api/reviews/{id}", params(("id" = Uuid, Path)), tag = "reviews",
    responses((status = 200, body = ReviewView)))]
async fn show(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ReviewView>, AiQaError> {
    Ok(Json(find_review(&state, &caller, id).await?.into()))
}

/// The rep's answer: at most 100 characters and a stored recording.
#[utoipa::path(post, path = "/api/reviews/{id}/answer", params(("id" = Uuid, Path)), request_body = AnswerInput,
    tag = "reviews", responses((status = 200, body = ReviewView)))]
async fn answer(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<AnswerInput>,
) -> Result<Json<ReviewView>, AiQaError> {
    Ok(Json(answer_objection(&state, &caller, id, input).await?))
}

/// The coach's decision.
#[utoipa::path(post, path = "/api/reviews/{id}/decide", params(("id" = Uuid, Path)), request_body = DecisionInput,
    tag = "reviews", responses((status = 200, body = ReviewView)))]
async fn decide(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<DecisionInput>,
) -> Result<Json<ReviewView>, AiQaError> {
    Ok(Json(decide_review(&state, &caller, id, input).await?))
}
