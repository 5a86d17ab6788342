//! The public door and the gateway's own resources.
//!
//! Every request passes [`door`] first. Paths that are nobody's here go through [`proxy`].

mod address;
mod api_keys;
mod console;
pub mod cookies;
mod demo;
pub mod door;
mod errors;
mod explorer;
mod ledger;
pub mod limits;
mod oauth;
mod oidc;
mod org_units;
mod people;
mod proxy;
mod saved_views;
mod second_factor;
mod session;
mod updates;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;
use utoipa_axum::router::OpenApiRouter;

use crate::State;

/// The documented routes.
pub(crate) fn documented(demo: bool) -> OpenApiRouter<State> {
    let routes = OpenApiRouter::new()
        .merge(session::routes())
        .merge(saved_views::routes())
        .merge(second_factor::routes())
        .merge(oidc::routes())
        .merge(people::routes())
        .merge(org_units::routes())
        .merge(api_keys::routes())
        .merge(oauth::routes())
        .merge(ledger::routes())
        .merge(updates::routes())
        .merge(explorer::description());
    if demo { routes.merge(demo::routes()) } else { routes }
}

/// Everything else below `/api/`, of whatever size, the API explorer, the page of error codes and the console.
pub(crate) fn undocumented(state: State) -> Router {
    let console = state.console.clone();
    Router::new()
        .route("/api/{*path}", any(proxy::forward).layer(DefaultBodyLimit::disable()))
        .with_state(state)
        .merge(explorer::pages())
        .merge(errors::pages())
        .merge(console::pages(console))
}
