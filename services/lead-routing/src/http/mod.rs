//! REST: decode, call the operation, encode.

mod forms;
mod imports;
mod lead_moves;
mod leads;
mod reps;
mod rules;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

/// Every route of the service.
pub fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .merge(leads::routes())
        .merge(lead_moves::routes())
        .merge(imports::routes())
        .merge(forms::routes())
        .merge(rules::routes())
        .merge(reps::routes())
}
