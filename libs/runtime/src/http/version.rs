//! ETag and If-Match: nobody overwrites another's change unseen.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::header;
use http::request::Parts;
use kernel::{FieldError, Kind, Problem, Text};
use serde::Serialize;

use super::problem::respond;

/// The version the client saw, from `If-Match: "7"`; none when the header is absent.
pub struct IfMatch(pub Option<i64>);

/// A JSON answer with the version of what it shows as its ETag.
pub struct Versioned<T>(pub i64, pub T);

impl IfMatch {
    /// Refuses when the client saw another version than the current one.
    pub fn check(&self, current: i64) -> Result<(), Problem> {
        match self.0 {
            Some(seen) if seen != current => Err(Problem::new(
                Kind::Stale,
                "changed_meanwhile",
                "内容已被他人修改，请刷新后重试",
                "somebody else changed it first; reload and try again",
            )),
            _ => Ok(()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let version = value.to_str().ok().and_then(|text| text.trim_matches('"').parse().ok());
        let reason = Text::new("须为形如 \"7\" 的版本号", "must be a version such as \"7\"");
        version
            .map(|version| Self(Some(version)))
            .ok_or_else(|| respond(Problem::invalid(vec![FieldError::new("if-match", "malformed", reason)])))
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        ([(header::ETAG, format!("\"{}\"", self.0))], axum::Json(self.1)).into_response()
    }
}
