//! Thin HTTP edges, one file per resource.

mod coaching;
mod comparison_sheets;
mod content;
mod findings;
mod measures;
mod objections;
mod recordings;
mod reviews;
mod talk_tracks;
mod transcripts;

use utoipa_axum::router::OpenApiRouter;

use crate::app::State;

pub fn routes() -> OpenApiRouter<State> {
    recordings::routes()
        .merge(content::routes())
        .merge(transcripts::routes())
        .merge(objections::routes())
        .merge(talk_tracks::routes())
        .merge(comparison_sheets::routes())
        .merge(coaching::routes())
        .merge(reviews::routes())
        .merge(findings::routes())
        .merge(measures::routes())
}
