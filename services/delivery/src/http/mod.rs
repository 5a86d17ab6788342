//! The API, thin.

mod acceptances;
mod capacity;
mod deliveries;
mod requests;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

/// Every route of the service.
pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(deliveries::routes())
        .merge(acceptances::routes())
        .merge(capacity::routes())
        .merge(requests::routes())
}
