//! HTTP: decode, call the operation, encode.

mod receivables;
mod statements;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().merge(receivables::routes()).merge(statements::routes())
}
