//! Reads `Idempotency-Key` and fingerprints what it was used for; the journal does the rest.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{Method, header};
use journal::IdempotencyKey;
use kernel::{FieldError, Kind, Problem, Text};
use sha2::{Digest, Sha256};

use super::problem::respond;

const KEY: &str = "idempotency-key";
const LONGEST_KEY: usize = 255;
const LARGEST_JSON: usize = 4 * 1024 * 1024;

/// Middleware: a key on a changing request becomes part of its caller.
pub(crate) async fn read_key(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let Some(key) = request.headers().get(KEY).map(|value| value.to_str().unwrap_or("").to_owned()) else {
        return next.run(request).await;
    };
    if key.is_empty() || key.len() > LONGEST_KEY {
        let reason = Text::new("须为 1–255 个可见字符", "must be 1 to 255 visible characters");
        return respond(Problem::invalid(vec![FieldError::new(KEY, "malformed", reason)]));
    }
    match with_fingerprint(request, key).await {
        Ok(request) => next.run(request).await,
        Err(problem) => respond(problem),
    }
}

/// Small JSON bodies are part of the fingerprint; uploads are told apart by method and path alone.
async fn with_fingerprint(request: Request, key: String) -> Result<Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let mut digest = Sha256::new().chain_update(parts.method.as_str()).chain_update([0]);
    digest.update(parts.uri.path());
    let json =
        parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let body = if json {
        let bytes = to_bytes(body, LARGEST_JSON)
            .await
            .map_err(|_| Problem::new(Kind::TooLarge, "too_large", "请求体过大", "the body is too large"))?;
        digest.update([0]);
        digest.update(&bytes);
        Body::from(bytes)
    } else {
        body
    };
    parts.extensions.insert(IdempotencyKey { key, fingerprint: digest.finalize().into() });
    Ok(Request::from_parts(parts, body))
}
