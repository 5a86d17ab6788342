//! `/api/outbox-messages`: what goes out, what is dead, and the development sink.

use axum::extract::State as Shared;
use runtime::http::{Call, Json, Page, PageQuery, Path, Query};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::app::State;
use crate::error::NotifierError;
use crate::ops;
use crate::ops::delivery_view::DeliveryView;
use crate::ops::list_sink_messages::SinkMessage;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct StateQuery {
    /// queued, sending, sent, fell_back or dead.
    state: Option<String>,
}

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list_outbox_messages))
        .routes(routes!(list_sink_messages))
        .routes(routes!(replay_outbox_message))
}

/// Outgoing messages of every channel, newest first.
#[utoipa::path(get, path = "/api/outbox-messages", params(StateQuery, PageQuery), responses((status = 200, body = Page<DeliveryView>)), tag = "outbox messages")]
async fn list_outbox_messages(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(wanted): Query<StateQuery>,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<DeliveryView>>, NotifierError> {
    ops::list_outbox_messages::list_outbox_messages(&state, &caller, wanted.state, &page).await.map(Json)
}

/// What the development sink received, newest first.
#[utoipa::path(get, path = "/api/outbox-messages/sink", params(PageQuery), responses((status = 200, body = Page<SinkMessage>)), tag = "outbox messages")]
async fn list_sink_messages(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Query(page): Query<PageQuery>,
) -> Result<Json<Page<SinkMessage>>, NotifierError> {
    ops::list_sink_messages::list_sink_messages(&state, &caller, &page).await.map(Json)
}

/// Sends a dead message again.
#[utoipa::path(post, path = "/api/outbox-messages/{id}/replay", params(("id" = Uuid, Path)), responses((status = 200, body = DeliveryView)), tag = "outbox messages")]
async fn replay_outbox_message(
    Shared(state): Shared<State>,
    Call(caller): Call,
    Path(id): Path<Uuid>,
) -> Result<Json<DeliveryView>, NotifierError> {
    ops::replay_outbox_message::replay_outbox_message(&state, &caller, id).await.map(Json)
}
