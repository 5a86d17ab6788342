//! Thin: decode, call the op, encode.

mod actions;
mod contacts;
mod customers;
mod opportunities;
mod visits;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

/// Everything this service serves over HTTP.
pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(customers::routes())
        .merge(contacts::routes())
        .merge(opportunities::routes())
        .merge(visits::routes())
        .merge(actions::routes())
}
