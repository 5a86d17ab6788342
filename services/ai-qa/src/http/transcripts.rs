//! `/api/recordings/{id}/transcript`: what was heard, also while it is being written down.

use axum::extract::State as Shared;
use runtime::http::{Call, Json, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::AiQaError;
use crate::ops::find_transcript::{find_transcript, show_queue};
use crate::ops::retry_transcript::retry_transcript;
use crate::ops::views::{QueueView, TranscriptView};

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(retry)).routes(routes!(queue))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Only the sentences from this number on.
    #[serde(default)]
    after: i32,
}

/// State, percent and the sentences so far.
#[utoipa::path(get, path = "/api/recordings/{id}/transcript", params(("id" = Uuid, Path), Wanted), tag = "transcripts",
    responses((status = 200, body = TranscriptView)))]
async fn show(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<TranscriptView>, AiQaError> {
    Ok(Json(find_transcript(&state, &caller, id, wanted.after).await?.1))
}

/// Puts a transcription that failed back into the queue.
#[utoipa::path(post, path = "/api/recordings/{id}/transcript/retry", params(("id" = Uuid, Path)), tag = "transcripts",
    responses((status = 200, body = TranscriptView)))]
async fn retry(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<TranscriptView>, AiQaError> {
    Ok(Json(retry_transcript(&state, &caller, id).await?))
}

/// Which model writes recordings down, or why none does, and how many recordings wait.
#[utoipa::path(get, path = "/api/transcripts/queue", tag = "transcripts", responses((status = 200, body = QueueView)))]
async fn queue(Shared(state): Shared<State>, Call(caller): Call) -> Result<Json<QueueView>, AiQaError> {
    Ok(Json(show_queue(&state, &caller).await?))
}
