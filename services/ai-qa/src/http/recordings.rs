//! `/api/recordings`: announcing, listing, looking at.

use axum::extract::State as Shared;
use axum::http::{HeaderName, StatusCode, header};
use kernel::id::Cursor;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::AiQaError;
use crate::ops::Access;
use crate::ops::find_recording::{list_accesses, show_recording};
use crate::ops::list::list_recordings;
use crate::ops::start_upload::{NewRecording, start_upload};
use crate::ops::views::RecordingView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(announce, list)).routes(routes!(show)).routes(routes!(accesses))
}

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    visit_id: Option<Uuid>,
    cursor: Option<String>,
    limit: Option<i64>,
}

type Announced = (StatusCode, [(HeaderName, String); 1], Json<RecordingView>);

/// Announces a recording; its content is then sent to `upload_url`.
#[utoipa::path(post, path = "/api/recordings", request_body = NewRecording, tag = "recordings",
    responses((status = 201, body = RecordingView)))]
async fn announce(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(input): Json<NewRecording>,
) -> Result<Announced, AiQaError> {
    let view = start_upload(&state, &caller, input).await?;
    Ok((StatusCode::CREATED, [(header::LOCATION, view.upload_url.clone())], Json(view)))
}

/// The recordings the caller may see, newest first.
#[utoipa::path(get, path = "/api/recordings", params(Wanted), tag = "recordings",
    responses((status = 200, body = Page<RecordingView>)))]
async fn list(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page<RecordingView>>, AiQaError> {
    let page = PageQuery { cursor: wanted.cursor, limit: wanted.limit };
    let found = list_recordings(&state, &caller, wanted.visit_id, page.after_time()?, page.limit()).await?;
    let views = found.into_iter().map(RecordingView::from).collect();
    Ok(Json(Page::of(views, page.limit(), |view| Cursor::at(view.created_at, view.id))))
}

/// What is known about a recording, with a short-lived link to its content.
#[utoipa::path(get, path = "/api/recordings/{id}", params(("id" = Uuid, Path)), tag = "recordings",
    responses((status = 200, body = RecordingView)))]
async fn show(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<RecordingView>, AiQaError> {
    Ok(Json(show_recording(&state, &caller, id).await?))
}

/// Who was given the content, newest first; for coaches and auditors.
#[utoipa::path(get, path = "/api/recordings/{id}/accesses", params(("id" = Uuid, Path), PageQuery), tag = "recordings",
    responses((status = 200, body = Page<Access>)))]
async fn accesses(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<Access>>, AiQaError> {
    let found = list_accesses(&state, &caller, id, page.after_time()?, page.limit()).await?;
    Ok(Json(Page::of(found, page.limit(), |access| Cursor::at(access.read_at, access.id))))
}
