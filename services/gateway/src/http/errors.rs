//! `/docs/errors`: where the `type` of every problem leads. Needs no sign-in and no network.

use std::sync::LazyLock;

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use crate::domain::page;

static PAGE: LazyLock<String> =
    LazyLock::new(|| page::of_markdown("Sluice: errors", include_str!("../../../../docs/errors.md")));

pub fn pages() -> Router {
    Router::new().route("/docs/errors", get(async || Html(PAGE.as_str())))
}
