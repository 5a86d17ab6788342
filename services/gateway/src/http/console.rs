//! The web console's files. Its scripts come from here only, and nothing else may run in its pages.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Shared;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};

use crate::error::{GatewayError, Thing};
use crate::ops::console::{Asset, Console};

/// Styles may be written into the page, as the component library does; scripts may not.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; \
     frame-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
const PERMISSIONS: (HeaderName, &str) =
    (HeaderName::from_static("permissions-policy"), "microphone=(self), camera=(), geolocation=()");
const OPENER: (HeaderName, &str) = (HeaderName::from_static("cross-origin-opener-policy"), "same-origin");

/// Every address that nothing else answers; none when no console is installed.
pub fn pages(console: Option<Arc<Console>>) -> Router {
    let Some(console) = console else { return Router::new() };
    Router::new().route("/", get(show)).route("/{*path}", get(show)).with_state(console)
}

async fn show(Shared(console): Shared<Arc<Console>>, uri: Uri, headers: HeaderMap) -> Result<Response, GatewayError> {
    let nobodys = || GatewayError::NotFound(Thing::Route);
    let path = uri.path();
    if ["/api", "/docs"].iter().any(|other| path == *other || path.starts_with(&format!("{other}/"))) {
        return Err(nobodys());
    }
    console.find(path).map(|asset| answer(asset, &headers)).ok_or_else(nobodys)
}

fn answer(asset: &Asset, asked: &HeaderMap) -> Response {
    let unchanged = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == asset.etag.as_bytes());
    let mut response = if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { body(asset, asked) };
    let headers = response.headers_mut();
    let keep = if asset.hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    for (name, value) in [
        (CACHE_CONTROL, keep),
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "same-origin"),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        PERMISSIONS,
        OPENER,
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(etag) = HeaderValue::try_from(&asset.etag) {
        headers.insert(ETAG, etag);
    }
    response
}

fn body(asset: &Asset, asked: &HeaderMap) -> Response {
    let zipped = asset.gzip.as_ref().filter(|_| accepts_gzip(asked));
    let bytes: Bytes = zipped.unwrap_or(&asset.bytes).clone();
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    if zipped.is_some() {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}

fn accepts_gzip(asked: &HeaderMap) -> bool {
    let encodings = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    encodings.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("gzip") && parts.next() != Some("q=0")
    })
}
