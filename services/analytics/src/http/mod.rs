//! Thin HTTP edges, one file per resource.

mod reports;
mod timeline;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

pub fn routes() -> OpenApiRouter<State> {
    timeline::routes().merge(reports::routes())
}
