//! What every request passes through, outermost first: panic guard, span, problems, idempotency key.

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use kernel::{Kind, Problem};
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument;

use super::call::Edge;
use super::idempotency::read_key;
use super::problem::{respond, write_problems};
use crate::telemetry;

const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// Puts the shared layers and fallbacks around a service's routes.
pub(crate) fn finish(routes: Router, edge: Edge, service: &'static str) -> Router {
    routes
        .fallback(async || {
            respond(Problem::new(Kind::NotFound, "not_found", "没有这个地址", "there is nothing at this address"))
        })
        .method_not_allowed_fallback(async || {
            respond(Problem::new(
                Kind::Invalid,
                "method_not_allowed",
                "此地址不支持该方法",
                "this address does not take that method",
            ))
        })
        .route("/metrics", get(async || telemetry::metrics_text()))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn(read_key))
        .layer(CatchPanicLayer::custom(|panic: Box<dyn std::any::Any + Send>| {
            respond(Problem::internal(said_by(&*panic)))
        }))
        .layer(from_fn(write_problems))
        .layer(axum::Extension(edge))
        .layer(from_fn(move |request, next| traced(service, request, next)))
}

fn said_by(panic: &(dyn std::any::Any + Send)) -> String {
    let said =
        panic.downcast_ref::<&str>().map(|text| (*text).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
    format!("panicked: {}", said.unwrap_or_default())
}

/// Opens the request's span as a child of the caller's trace, and measures it.
async fn traced(service: &'static str, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let method = request.method().as_str().to_owned();
    let span = tracing::info_span!("request", service, method, route, trace_id = tracing::field::Empty);
    telemetry::continue_trace(&span, request.headers().get("traceparent").and_then(|value| value.to_str().ok()));
    let started = tokio::time::Instant::now();
    let response = next.run(request).instrument(span).await;
    telemetry::measure_request(service, &route, &method, response.status().as_u16(), started.elapsed().as_secs_f64());
    response
}
