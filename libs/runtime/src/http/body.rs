//! Extractors that answer bad input with the field and the reason.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use http::{StatusCode, header};
use kernel::{FieldError, Kind, Problem, Text};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::nul;
use super::problem::respond;

/// A JSON body.
pub struct Json<T>(pub T);

/// Path parameters.
pub struct Path<T>(pub T);

/// Query parameters.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if !is_json(&request) {
            return Err(respond(Problem::new(
                Kind::UnsupportedType,
                "json_expected",
                "请求体必须是 application/json",
                "the body must be application/json",
            )));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| too_large_or_broken(&rejection))?;
        read_json(&bytes).map(Self).map_err(respond)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let read = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        read.ok().filter(|_| !nul::is_in_path(parts.uri.path())).map(|path| Self(path.0)).ok_or_else(|| {
            respond(Problem::new(Kind::NotFound, "not_found", "没有这个地址", "there is nothing at this address"))
        })
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        nul::refuse_in_query(parts.uri.query().unwrap_or_default()).map_err(respond)?;
        let read = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        read.map(|query| Self(query.0)).map_err(|rejection| respond(malformed("query", &rejection.body_text())))
    }
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    nul::refuse_in_json(bytes)?;
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| malformed(&error.path().to_string(), &error.inner().to_string()))?;
    reader.end().map_err(|error| malformed(".", &error.to_string()))?;
    Ok(value)
}

fn malformed(field: &str, why: &str) -> Problem {
    let reason = Text::new(format!("无法读取：{why}"), format!("cannot be read: {why}"));
    Problem::invalid(vec![FieldError::new(field, "malformed", reason)])
}

fn too_large_or_broken(rejection: &axum::extract::rejection::BytesRejection) -> Response {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return respond(Problem::new(Kind::TooLarge, "too_large", "请求体过大", "the body is too large"));
    }
    respond(malformed("body", &rejection.body_text()))
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json") || kind.ends_with("+json")
}
