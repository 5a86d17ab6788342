//! Thin: decode, call the operation, encode.

mod channels;
mod notifications;
mod outbox_messages;
mod webhooks;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(notifications::routes())
        .merge(channels::routes())
        .merge(webhooks::routes())
        .merge(outbox_messages::routes())
}
