//! Forwards a request to the service it is for, both bodies as streams.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use runtime::telemetry::traceparent_of;
use runtime::trust::PRINCIPAL_HEADER;

use crate::State;
use crate::error::{GatewayError, Thing};

/// Meant for one connection only (RFC 9110, 7.6.1).
const HOP_BY_HOP: [HeaderName; 8] = [
    header::CONNECTION,
    header::PROXY_AUTHENTICATE,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
    HeaderName::from_static("keep-alive"),
];
/// Meant for the gateway: services know the principal, and learn no secrets.
const ENDS_HERE: [HeaderName; 3] = [header::AUTHORIZATION, header::COOKIE, header::HOST];
/// Larger bodies are uploads, which take as long as they take.
const LARGEST_QUICK_BODY: u64 = 1024 * 1024;

pub async fn forward(Shared(state): Shared<State>, request: Request) -> Result<Response, GatewayError> {
    let path = request.uri().path();
    let service = state.routes.service_of(path).ok_or(GatewayError::NotFound(Thing::Route))?;
    let is_public = state.config.public.iter().any(|prefix| path.starts_with(prefix.as_str()));
    if !is_public && !request.headers().contains_key(PRINCIPAL_HEADER) {
        return Err(GatewayError::NotSignedIn);
    }
    let address = state.peers.address(service).ok_or_else(|| down(service, "no address is configured"))?;
    let target =
        format!("{}{}", address.trim_end_matches('/'), request.uri().path_and_query().map_or(path, |all| all.as_str()));
    let quick = is_quick(request.headers());
    let (parts, body) = request.into_parts();
    let mut sending = state.inside.request(parts.method, target).headers(inward(parts.headers));
    if !axum::body::HttpBody::is_end_stream(&body) {
        sending = sending.body(reqwest::Body::wrap_stream(body.into_data_stream()));
    }
    let answer = answer(service, sending, quick.then_some(state.config.proxy.answer_within_seconds)).await?;
    Ok(outward(answer))
}

async fn answer(
    service: &'static str,
    sending: reqwest::RequestBuilder,
    within_seconds: Option<u64>,
) -> Result<reqwest::Response, GatewayError> {
    let sent = async { sending.send().await.map_err(|error| down(service, error.without_url())) };
    match within_seconds {
        Some(seconds) => tokio::time::timeout(Duration::from_secs(seconds), sent)
            .await
            .map_err(|_| down(service, "did not answer in time"))?,
        None => sent.await,
    }
}

fn down(service: &'static str, why: impl std::fmt::Display) -> GatewayError {
    GatewayError::ServiceDown { service, why: why.to_string() }
}

fn is_quick(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let streamed = headers.contains_key(header::TRANSFER_ENCODING);
    !streamed && length.unwrap_or(0) <= LARGEST_QUICK_BODY
}

/// What the service gets to see.
fn inward(mut headers: HeaderMap) -> HeaderMap {
    end_to_end(&mut headers);
    for name in &ENDS_HERE {
        headers.remove(name);
    }
    let own = traceparent_of(&tracing::Span::current()).and_then(|parent| HeaderValue::try_from(parent).ok());
    if let Some(parent) = own {
        headers.insert("traceparent", parent);
    }
    headers
}

fn outward(answer: reqwest::Response) -> Response {
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    end_to_end(&mut headers);
    headers.entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    let mut response = Response::new(Body::from_stream(answer.bytes_stream()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// Takes out what is meant for one connection, including what `Connection` itself names.
fn end_to_end(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        // A client must not talk the gateway out of its own signature.
        if name.as_str() != PRINCIPAL_HEADER {
            headers.remove(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("name"), value.parse().expect("value"))).collect()
    }

    #[test]
    fn secrets_and_connection_headers_end_at_the_gateway() {
        let seen = inward(headers(&[
            ("cookie", "sluice_session=x"),
            ("authorization", "Bearer x"),
            ("host", "public.example"),
            ("connection", "keep-alive, x-mine, x-sluice-principal"),
            ("x-mine", "1"),
            ("transfer-encoding", "chunked"),
            ("x-sluice-principal", "signed"),
            ("if-match", "\"3\""),
            ("accept-language", "en"),
            ("idempotency-key", "k"),
        ]));
        let mut left: Vec<_> = seen.keys().map(HeaderName::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["accept-language", "idempotency-key", "if-match", "x-sluice-principal"]);
    }

    #[test]
    fn uploads_are_given_time() {
        assert!(is_quick(&headers(&[])));
        assert!(is_quick(&headers(&[("content-length", "1000")])));
        assert!(!is_quick(&headers(&[("content-length", "9000000")])));
        assert!(!is_quick(&headers(&[("transfer-encoding", "chunked")])));
    }
}
