//! `/api/talk-tracks`: the library of what to say (话术库).

use axum::extract::State as Shared;
use axum::http::StatusCode;
use kernel::id::Cursor;
use kernel::{FieldError, Problem, Text};
use runtime::http::{Call, IfMatch, Json, Page, PageQuery, Path, Query, Versioned};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::domain::talk_track::{Example, Track, TrackInput};
use crate::error::AiQaError;
use crate::ops::find_talk_tracks::{find_talk_track, list_examples, list_talk_tracks, list_versions};
use crate::ops::keep_talk_track::{add_talk_track, change_talk_track, withdraw_talk_track};
use crate::ops::promote_example::{ExampleInput, promote_example};
use crate::ops::suggest_tracks::{About, suggest_tracks};
use crate::ops::views::{SuggestionView, TrackVersionView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(add, list))
        .routes(routes!(suggest))
        .routes(routes!(show, change, withdraw))
        .routes(routes!(versions))
        .routes(routes!(examples, promote))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Only tracks that answer this objection of the library.
    objection_id: Option<Uuid>,
    cursor: Option<String>,
    limit: Option<i64>,
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// A customer's pain or objection, in words; or
    pain_point: Option<String>,
    /// a competitor's name.
    competitor: Option<String>,
    /// Tracks of this industry come first when they match alike.
    #[serde(default)]
    industry: String,
}

/// Adds a talk track; for coaches, operations and product managers.
#[utoipa::path(post, path = "/api/talk-tracks", request_body = TrackInput, tag = "talk tracks",
    responses((status = 201, body = Track)))]
async fn add(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<TrackInput>,
) -> Result<(StatusCode, Json<Track>), AiQaError> {
    Ok((StatusCode::CREATED, Json(add_talk_track(&state, &caller, input).await?)))
}

/// The library, newest first.
#[utoipa::path(get, path = "/api/talk-tracks", params(Wanted), tag = "talk tracks",
    responses((status = 200, body = Page<Track>)))]
async fn list(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<Track>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let (after, limit) = (page.after_time()?, page.limit());
    let found = list_talk_tracks(&state, &caller, wanted.objection_id, after, limit).await?;
    Ok(Json(Page::of(found, limit, |track| Cursor::at(track.created_at, track.id))))
}

/// The three best tracks with their success cases; for a competitor its comparison sheet too.
#[utoipa::path(get, path = "/api/talk-tracks/suggestions", params(Asked), tag = "talk tracks",
    responses((status = 200, body = SuggestionView)))]
async fn suggest(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(asked): Query<Asked>,
) -> Result<Json<SuggestionView>, AiQaError> {
    let about = match (asked.pain_point, asked.competitor) {
        (Some(text), None) => About::PainPoint(text),
        (None, Some(name)) => About::Competitor(name),
        _ => return Err(one_of_two().into()),
    };
    Ok(Json(suggest_tracks(&state, &caller, &about, &asked.industry).await?))
}

fn one_of_two() -> Problem {
    let reason = Text::new("须填 pain_point 或 competitor 之一", "either this or competitor must be given");
    Problem::invalid(vec![FieldError::new("pain_point", "required", reason)])
}

/// One talk track with its newest words; its version is the ETag.
#[utoipa::path(get, path = "/api/talk-tracks/{id}", params(("id" = Uuid, Path)), tag = "talk tracks",
    responses((status = 200, body = Track)))]
async fn show(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Versioned<Track>, AiQaError> {
    let track = find_talk_track(&state, &caller, id).await?;
    Ok(Versioned(track.version, track))
}

/// Changes a talk track; other words are a new version, and scores keep the one they were matched to.
#[utoipa::path(put, path = "/api/talk-tracks/{id}", params(("id" = Uuid, Path)), request_body = TrackInput,
    tag = "talk tracks", responses((status = 200, body = Track)))]
async fn change(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(input): Json<TrackInput>,
) -> Result<Versioned<Track>, AiQaError> {
    let track = change_talk_track(&state, &caller, id, seen, input).await?;
    Ok(Versioned(track.version, track))
}

/// Withdraws a talk track: it scores no more answers and is suggested no more.
#[utoipa::path(delete, path = "/api/talk-tracks/{id}", params(("id" = Uuid, Path)), tag = "talk tracks",
    responses((status = 204)))]
async fn withdraw(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AiQaError> {
    withdraw_talk_track(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every version of a track's words, the newest first.
#[utoipa::path(get, path = "/api/talk-tracks/{id}/versions", params(("id" = Uuid, Path)), tag = "talk tracks",
    responses((status = 200, body = Vec<TrackVersionView>)))]
async fn versions(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<TrackVersionView>>, AiQaError> {
    Ok(Json(list_versions(&state, &caller, id).await?))
}

/// How reps said its key points well, the newest first.
#[utoipa::path(get, path = "/api/talk-tracks/{id}/examples", params(("id" = Uuid, Path)), tag = "talk tracks",
    responses((status = 200, body = Vec<Example>)))]
async fn examples(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<Vec<Example>>, AiQaError> {
    Ok(Json(list_examples(&state, &caller, id).await?))
}

/// Makes the sentences of a passed answer that cover a key point an example of it.
#[utoipa::path(post, path = "/api/talk-tracks/{id}/examples", params(("id" = Uuid, Path)), request_body = ExampleInput,
    tag = "talk tracks", responses((status = 201, body = Example)))]
async fn promote(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(input): Json<ExampleInput>,
) -> Result<(StatusCode, Json<Example>), AiQaError> {
    Ok((StatusCode::CREATED, Json(promote_example(&state, &caller, id, input).await?)))
}
