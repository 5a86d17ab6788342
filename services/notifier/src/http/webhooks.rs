//! `/api/webhooks`: endpoints that receive events, and what they received.

use axum::extract::State as Shared;
use axum::http::StatusCode;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::NotifierError;
use crate::ops;
use crate::ops::create_webhook::{WebhookBody, WebhookView, WebhookWithSecret};
use crate::ops::delivery_view::DeliveryView;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks, create_webhook))
        .routes(routes!(get_webhook, change_webhook, remove_webhook))
        .routes(routes!(rotate_webhook_secret))
        .routes(routes!(list_webhook_deliveries))
        .routes(routes!(replay_webhook_delivery))
}

/// The webhooks one may see.
#[utoipa::path(get, path = "/api/webhooks", responses((status = 200, body = Vec<WebhookView>)), tag = "webhooks")]
async fn list_webhooks(
    Shared(state): Shared<State>,
    Call(caller): Call,
) -> Result<Json<Vec<WebhookView>>, NotifierError> {
    ops::list_webhooks::list_webhooks(&state, &caller).await.map(Json)
}

/// Adds an endpoint; the answer shows its secret this once.
#[utoipa::path(post, path = "/api/webhooks", request_body = WebhookBody, responses((status = 201, body = WebhookWithSecret)), tag = "webhooks")]
async fn create_webhook(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Json(body): Json<WebhookBody>,
) -> Result<(StatusCode, Json<WebhookWithSecret>), NotifierError> {
    let created = ops::create_webhook::create_webhook(&state, &caller, body).await?;
    Ok((StatusCode::CREATED, Json(created)))
}

#[utoipa::path(get, path = "/api/webhooks/{id}", params(("id" = Uuid, Path)), responses((status = 200, body = WebhookView)), tag = "webhooks")]
async fn get_webhook(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<WebhookView>, NotifierError> {
    ops::list_webhooks::get_webhook(&state, &caller, id).await.map(Json)
}

#[utoipa::path(put, path = "/api/webhooks/{id}", params(("id" = Uuid, Path)), request_body = WebhookBody, responses((status = 200, body = WebhookView)), tag = "webhooks")]
async fn change_webhook(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Json(body): Json<WebhookBody>,
) -> Result<Json<WebhookView>, NotifierError> {
    ops::change_webhook::change_webhook(&state, &caller, id, body).await.map(Json)
}

/// Removes an endpoint with its delivery log.
#[utoipa::path(delete, path = "/api/webhooks/{id}", params(("id" = Uuid, Path)), responses((status = 204)), tag = "webhooks")]
async fn remove_webhook(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<StatusCode, NotifierError> {
    ops::remove_webhook::remove_webhook(&state, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new secret; for a day messages carry a signature with the old one too.
#[utoipa::path(post, path = "/api/webhooks/{id}/rotate-secret", params(("id" = Uuid, Path)), responses((status = 200, body = WebhookWithSecret)), tag = "webhooks")]
async fn rotate_webhook_secret(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<WebhookWithSecret>, NotifierError> {
    ops::rotate_webhook_secret::rotate_webhook_secret(&state, &caller, id).await.map(Json)
}

/// What the endpoint was sent, newest first, with every attempt and answer.
#[utoipa::path(get, path = "/api/webhooks/{id}/deliveries", params(("id" = Uuid, Path), PageQuery), responses((status = 200, body = Page<DeliveryView>)), tag = "webhooks")]
async fn list_webhook_deliveries(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<DeliveryView>>, NotifierError> {
    ops::list_webhook_deliveries::list_webhook_deliveries(&state, &caller, id, &page).await.map(Json)
}

/// Sends a message again under the same message id, whether it arrived or not.
#[utoipa::path(post, path = "/api/webhooks/{id}/deliveries/{delivery}/replay", params(("id" = Uuid, Path), ("delivery" = Uuid, Path)), responses((status = 200, body = DeliveryView)), tag = "webhooks")]
async fn replay_webhook_delivery(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path((id, delivery)): Path<(Uuid, Uuid)>,
) -> Result<Json<DeliveryView>, NotifierError> {
    ops::replay_webhook_delivery::replay_webhook_delivery(&state, &caller, id, delivery).await.map(Json)
}
