//! `/api/notifications`: one's own inbox and wishes.

use axum::extract::State as Shared;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::NotifierError;
use crate::ops;
use crate::ops::list_notifications::{NotificationDetail, NotificationView};
use crate::ops::set_preferences::PreferencesBody;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct InboxQuery {
    /// Only what is not acknowledged.
    #[serde(default)]
    unread: bool,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_notifications))
        .routes(routes!(get_preferences, set_preferences))
        .routes(routes!(get_notification))
        .routes(routes!(acknowledge_notification))
}

/// One's own messages, newest first.
#[utoipa::path(get, path = "/api/notifications", params(InboxQuery, PageQuery), responses((status = 200, body = Page<NotificationView>)), tag = "notifications")]
async fn list_notifications(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(inbox): Query<InboxQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<NotificationView>>, NotifierError> {
    ops::list_notifications::list_notifications(&state, &caller, inbox.unread, &page).await.map(Json)
}

/// One message with the receipts of every channel it went out on.
#[utoipa::path(get, path = "/api/notifications/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = NotificationDetail)), tag = "notifications")]
async fn get_notification(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<NotificationDetail>, NotifierError> {
    ops::list_notifications::get_notification(&state, &caller, id).await.map(Json)
}

/// Says that one has seen it; escalation stops.
#[utoipa::path(post, path = "/api/notifications/{id}/acknowledge", params(("id" = Uuid, Path)), responses((status = 200, body = NotificationView)), tag = "notifications")]
async fn acknowledge_notification(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<NotificationView>, NotifierError> {
    ops::acknowledge_notification::acknowledge_notification(&state, &caller, id).await.map(Json)
}

/// One's own wishes.
#[utoipa::path(get, path = "/api/notifications/preferences", responses((status = 200, body = PreferencesBody)), tag = "notifications")]
async fn get_preferences(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<PreferencesBody>, NotifierError> {
    ops::set_preferences::get_preferences(&state, &caller).await.map(Json)
}

/// Replaces one's own wishes.
#[utoipa::path(put, path = "/api/notifications/preferences", request_body = PreferencesBody, responses((status = 200, body = PreferencesBody)), tag = "notifications")]
async fn set_preferences(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(body): Json<PreferencesBody>,
) -> Result<Json<PreferencesBody>, NotifierError> {
    ops::set_preferences::set_preferences(&state, &caller, body).await.map(Json)
}
