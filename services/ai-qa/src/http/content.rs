//! `/api/recordings/{id}/content`: the core protocol of tus 1.0.0 to send it, ranges to read it.

use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Problem;
use runtime::http::{Call, Path, Query};
use serde::Deserialize;
use tracing::Instrument;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::AiQaError;
use crate::ops::append_content::append_content;
use crate::ops::delete_content::withdraw_consent;
use crate::ops::find_recording::find_upload;
use crate::ops::read_content::{Reading, read_content};

const CHUNK: &str = "application/offset+octet-stream";
const RESUMABLE: (HeaderName, &str) = (HeaderName::from_static("tus-resumable"), "1.0.0");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Linked {
    /// The seal of `content_link`.
    link: Option<String>,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(stand, append, read, withdraw))
}

/// How far an upload is: `Upload-Offset` of `Upload-Length`.
#[utoipa::path(head, path = "/api/recordings/{id}/content", params(("id" = Uuid, Path)), tag = "recordings",
    responses((status = 200, description = "headers Upload-Offset and Upload-Length")))]
async fn stand(Shared(state): Shared<State>, Call(caller): Call, Path(id): Path<Uuid>) -> Result<Response, AiQaError> {
    let upload = find_upload(&state, &caller, id).await?;
    let counts = [(OFFSET, upload.received.to_string()), (LENGTH, upload.length.to_string())];
    Ok((counts, [RESUMABLE, (header::CACHE_CONTROL, "no-store")]).into_response())
}

/// Sends the bytes from `Upload-Offset` on; the last one completes the recording.
#[utoipa::path(patch, path = "/api/recordings/{id}/content", tag = "recordings",
    params(("id" = Uuid, Path), ("upload-offset" = i64, Header)),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses((status = 204, description = "header Upload-Offset")))]
async fn append(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, AiQaError> {
    let offset = offset_of(&headers).ok_or(AiQaError::NotAChunk)?;
    // A task of its own: the server drops the handler of a broken connection, and what has arrived is to be kept.
    let taking = async move { append_content(&state, &caller, id, offset, body.into_data_stream()).await };
    let received = tokio::spawn(taking.in_current_span()).await.map_err(Problem::internal)??;
    Ok((StatusCode::NO_CONTENT, [(OFFSET, received.to_string())], [RESUMABLE]).into_response())
}

fn offset_of(headers: &HeaderMap) -> Option<i64> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    text(header::CONTENT_TYPE).filter(|kind| *kind == CHUNK)?;
    text(OFFSET)?.parse().ok().filter(|offset| *offset >= 0)
}

/// The content, or the part that `Range` names, under a link that the recording was shown with. Every reading is
/// journalled.
#[utoipa::path(get, path = "/api/recordings/{id}/content", tag = "recordings",
    params(("id" = Uuid, Path), Linked, ("range" = Option<String>, Header)),
    responses((status = 200, content_type = "application/octet-stream"), (status = 206), (status = 416)))]
async fn read(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Query(Linked { link }): Query<Linked>,
    headers: HeaderMap,
) -> Result<Response, AiQaError> {
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    match read_content(&state, &caller, id, link.as_deref(), asked).await {
        Ok(reading) => Ok(answer(reading)),
        Err(AiQaError::RangeNotSatisfiable(length)) => {
            let whole = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            Ok((StatusCode::RANGE_NOT_SATISFIABLE, whole).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Somebody recorded does not agree any more: content and words are deleted at once.
#[utoipa::path(delete, path = "/api/recordings/{id}/content", params(("id" = Uuid, Path)), tag = "recordings",
    responses((status = 204)))]
async fn withdraw(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, AiQaError> {
    withdraw_consent(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn answer(reading: Reading) -> Response {
    let Reading { recording, part, bytes } = reading;
    let length = part.as_ref().map_or(recording.length, |part| i64::try_from(part.end - part.start).unwrap_or(0));
    let always = [
        (header::CONTENT_TYPE, recording.media.map_or("application/octet-stream", |media| media.as_str()).to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::ETAG, format!("\"{}\"", recording.sha256.unwrap_or_default())),
    ];
    let body = Body::from_stream(bytes);
    match part {
        None => (always, body).into_response(),
        Some(part) => {
            let which = format!("bytes {}-{}/{}", part.start, part.end - 1, recording.length);
            (StatusCode::PARTIAL_CONTENT, always, [(header::CONTENT_RANGE, which)], body).into_response()
        }
    }
}
