//! Thin HTTP edges, one file per resource.

mod content;
mod objections;
mod recordings;
mod reviews;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

pub fn routes() -> OpenApiRouter<State> {
    recordings::routes().merge(content::routes()).merge(objections::routes()).merge(reviews::routes())
}
