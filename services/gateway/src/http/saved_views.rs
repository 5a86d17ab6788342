//! `/api/me/views`: the filters one keeps under a name.

use axum::extract::State as Shared;
use http::StatusCode;
use runtime::http::{Call, IfMatch, Json, Path, Query, Versioned};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::State;
use crate::domain::saved_view::{SavedView, SavedViewDraft};
use crate::error::GatewayError;
use crate::ops::saved_views;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_saved_views, save_view))
        .routes(routes!(change_saved_view, remove_saved_view))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct OfScreen {
    screen: Option<String>,
}

/// Somebody's views.
#[derive(Serialize, utoipa::ToSchema)]
struct SavedViews {
    items: Vec<SavedView>,
}

/// One's own views, by name.
#[utoipa::path(get, path = "/api/me/views", params(OfScreen), responses((status = 200, body = SavedViews)), tag = "session")]
async fn list_saved_views(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(OfScreen { screen }): Query<OfScreen>,
) -> Result<Json<SavedViews>, GatewayError> {
    let items = saved_views::list_saved_views(&state, &caller, screen.as_deref()).await?;
    Ok(Json(SavedViews { items }))
}

/// Keeps a screen's filters under a name.
#[utoipa::path(post, path = "/api/me/views", request_body = SavedViewDraft,
    responses((status = 201, body = SavedView)), tag = "session")]
async fn save_view(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(draft): Json<SavedViewDraft>,
) -> Result<(StatusCode, Versioned<SavedView>), GatewayError> {
    let view = saved_views::save_view(&state, &caller, draft).await?;
    Ok((StatusCode::CREATED, Versioned(view.version, view)))
}

/// Changes a view of one's own.
#[utoipa::path(put, path = "/api/me/views/{id}", params(("id" = Uuid, Path)), request_body = SavedViewDraft,
    responses((status = 200, body = SavedView)), tag = "session")]
async fn change_saved_view(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    seen: IfMatch,
    Json(draft): Json<SavedViewDraft>,
) -> Result<Versioned<SavedView>, GatewayError> {
    let view = saved_views::change_view(&state, &caller, id, seen, draft).await?;
    Ok(Versioned(view.version, view))
}

/// Forgets a view of one's own.
#[utoipa::path(delete, path = "/api/me/views/{id}", params(("id" = Uuid, Path)), responses((status = 204)), tag = "session")]
async fn remove_saved_view(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, GatewayError> {
    saved_views::remove_view(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
