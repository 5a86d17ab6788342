//! What coaches do with answers: the queue, remarks, scores of their own, practice, and what it all comes to.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::answer::Outcome;
use crate::domain::coaching::{Comment, CommentInput, Judgement, OverrideInput, PracticeInput, PracticeState};
use crate::error::AiQaError;
use crate::ops::ReviewsWanted;
use crate::ops::assign_practice::{assign_practice, finish_practice, list_practices};
use crate::ops::comment_review::{comment_review, list_comments};
use crate::ops::explain_review::{explain_review, list_judgements, show_review_queue};
use crate::ops::override_score::override_score;
use crate::ops::views::{PracticeView, ReviewView, ScoreView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(queue))
        .routes(routes!(score))
        .routes(routes!(judgements))
        .routes(routes!(overrule))
        .routes(routes!(comments, comment))
        .routes(routes!(assign))
        .routes(routes!(practices))
        .routes(routes!(finish))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Filter {
    /// good, needs_coaching (待辅导) or needs_human.
    #[param(inline)]
    outcome: Option<Outcome>,
    rep_id: Option<Uuid>,
    objection_id: Option<Uuid>,
    /// 1 to 200; 50 when not given.
    limit: Option<i64>,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct PracticesWanted {
    /// assigned or done.
    #[param(inline)]
    state: Option<PracticeState>,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Done {
    /// A stored recording of the rep.
    recording_id: Uuid,
}

/// Answers that wait for a coach, who needs one most first: low scores, broken promises, then what nobody dared to score. The
/// first is the next.
#[utoipa::path(get, path = "/api/reviews/queue", params(Filter), tag = "coaching",
    responses((status = 200, body = Vec<ReviewView>)))]
async fn queue(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(filter): Query<Filter>,
) -> Result<Json<Vec<ReviewView>>, AiQaError> {
    let limit = PageQuery { cursor: None, limit: filter.limit }.limit();
    let wanted =
        ReviewsWanted { state: None, outcome: filter.outcome, rep: filter.rep_id, objection: filter.objection_id };
    Ok(Json(show_review_queue(&state, &caller, wanted, limit).await?))
}

/// The newest score of an answer and everything it rests on.
#[utoipa::path(get, path = "/api/reviews/{id}/score", params(("id" = Uuid, Path)), tag = "coaching",
    responses((status = 200, body = ScoreView)))]
async fn score(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<ScoreView>, AiQaError> {
    Ok(Json(explain_review(&state, &caller, id).await?))
}

/// What coaches made of an answer, the newest first.
#[utoipa::path(get, path = "/api/reviews/{id}/judgements", params(("id" = Uuid, Path)), tag = "coaching",
    responses((status = 200, body = Vec<Judgement>)))]
async fn judgements(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Judgement>>, AiQaError> {
    Ok(Json(list_judgements(&state, &caller, id).await?))
}

/// Puts the coach's score in place of the one before, with the reason; key points may be ticked and struck out.
#[utoipa::path(post, path = "/api/reviews/{id}/override", params(("id" = Uuid, Path)), request_body = OverrideInput,
    tag = "coaching", responses((status = 200, body = ReviewView)))]
async fn overrule(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<OverrideInput>,
) -> Result<Json<ReviewView>, AiQaError> {
    Ok(Json(override_score(&state, &caller, id, input).await?))
}

/// Remarks in the order of the recording.
#[utoipa::path(get, path = "/api/reviews/{id}/comments", params(("id" = Uuid, Path)), tag = "coaching",
    responses((status = 200, body = Vec<Comment>)))]
async fn comments(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Comment>>, AiQaError> {
    Ok(Json(list_comments(&state, &caller, id).await?))
}

/// A remark at a time of the recording.
#[utoipa::path(post, path = "/api/reviews/{id}/comments", params(("id" = Uuid, Path)), request_body = CommentInput,
    tag = "coaching", responses((status = 201, body = Comment)))]
async fn comment(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<CommentInput>,
) -> Result<(StatusCode, Json<Comment>), AiQaError> {
    Ok((StatusCode::CREATED, Json(comment_review(&state, &caller, id, input).await?)))
}

/// The rep is to say it again by a day.
#[utoipa::path(post, path = "/api/reviews/{id}/practices", params(("id" = Uuid, Path)), request_body = PracticeInput,
    tag = "coaching", responses((status = 201, body = PracticeView)))]
async fn assign(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<PracticeInput>,
) -> Result<(StatusCode, Json<PracticeView>), AiQaError> {
    Ok((StatusCode::CREATED, Json(assign_practice(&state, &caller, id, input).await?)))
}

/// A rep's own practice, or that of the people one looks after; newest first.
#[utoipa::path(get, path = "/api/practices", params(PracticesWanted), tag = "coaching",
    responses((status = 200, body = Page<PracticeView>)))]
async fn practices(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<PracticesWanted>,
) -> Result<Json<Page<PracticeView>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let found = list_practices(&state, &caller, wanted.state, page.after_time()?, page.limit()).await?;
    Ok(Json(Page::of(found, page.limit(), |one| Cursor::at(one.assigned_at, one.id))))
}

/// The rep has said it again.
#[utoipa::path(post, path = "/api/practices/{id}/done", params(("id" = Uuid, Path)), request_body = Done,
    tag = "coaching", responses((status = 200, body = PracticeView)))]
async fn finish(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(done): Json<Done>,
) -> Result<Json<PracticeView>, AiQaError> {
    Ok(Json(finish_practice(&state, &caller, id, done.recording_id).await?))
}
