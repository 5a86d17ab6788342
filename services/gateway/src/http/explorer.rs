//! The merged API description and its explorer, which needs no network.

use axum::Router;
use axum::extract::State as Shared;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::State;
use crate::ops::openapi;

pub fn description() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(show_openapi))
}

/// Serves `/docs/api/`; nothing is sent to validators elsewhere.
pub fn pages() -> Router {
    let config = Config::new(["/api/openapi.json"]).validator_url("none").persist_authorization(false);
    Router::from(SwaggerUi::new("/docs/api").config(config))
}

/// OpenAPI 3.1 of every service behind this door.
#[utoipa::path(get, path = "/api/openapi.json", responses((status = 200, body = Object)), tag = "description")]
async fn show_openapi(Shared(state): Shared<State>) -> axum::Json<Value> {
    axum::Json(openapi::merged(&state).await)
}
