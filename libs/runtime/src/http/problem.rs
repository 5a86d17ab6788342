//! Problems as `application/problem+json` (RFC 9457), in the language the client asks for.

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kernel::{FieldError, Kind, Problem, Text};
use serde::Serialize;

/// Implements the HTTP and gRPC answers of a service's error enum, once, from its `AsProblem`.
#[macro_export]
macro_rules! respond_as_problem {
    ($error:ty) => {
        impl $crate::axum::response::IntoResponse for $error {
            fn into_response(self) -> $crate::axum::response::Response {
                $crate::http::respond(kernel::AsProblem::problem(&self))
            }
        }

        impl From<$error> for $crate::tonic::Status {
            fn from(error: $error) -> Self {
                $crate::grpc::status(&kernel::AsProblem::problem(&error))
            }
        }
    };
}

/// The body of every refusal and failure.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// Stable code to program against.
    pub code: String,
    /// What is wrong or missing, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldBody>,
    /// Find the log lines of this request with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace_id: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldBody {
    pub field: String,
    pub code: String,
    pub reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
}

/// A problem as a response; its text is written by [`write_problems`], which knows the language.
pub fn respond(problem: Problem) -> Response {
    let mut response = status_of(problem.kind).into_response();
    response.extensions_mut().insert(problem);
    response
}

fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated | Kind::StepUp => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Gone => StatusCode::GONE,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::Refused => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Replayed => StatusCode::OK,
    }
}

/// Middleware: writes the body of problem responses and logs our own failures, once.
pub(crate) async fn write_problems(request: Request, next: Next) -> Response {
    let language =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("zh").to_owned();
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    log(&problem);
    if problem.kind == Kind::Replayed {
        return replay(problem);
    }
    keep_headers(response.headers(), write(&problem, &language))
}

/// What the handler said beside the problem (`retry-after`, a cookie taken back) reaches the client.
fn keep_headers(said: &http::HeaderMap, mut written: Response) -> Response {
    for (name, value) in said {
        if *name != header::CONTENT_TYPE && *name != header::CONTENT_LENGTH {
            written.headers_mut().append(name.clone(), value.clone());
        }
    }
    written
}

fn log(problem: &Problem) {
    match problem.kind {
        Kind::Internal => tracing::error!(code = problem.code, why = problem.internal, "request failed"),
        Kind::Unavailable => {
            tracing::warn!(code = problem.code, why = problem.internal, "request cannot be served now");
        }
        _ => tracing::debug!(code = problem.code, why = problem.internal, "request refused"),
    }
}

fn replay(problem: Problem) -> Response {
    let body = problem.internal.unwrap_or_else(|| "null".into());
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::HeaderName::from_static("idempotency-replayed"), "true")];
    (headers, body).into_response()
}

fn write(problem: &Problem, language: &str) -> Response {
    let say = |text: &Text| text.for_language(language).to_owned();
    let status = status_of(problem.kind);
    let field = |field: &FieldError| FieldBody {
        field: field.field.clone(),
        code: field.code.clone(),
        reason: say(&field.reason),
        remedy: field.remedy.as_ref().map(&say),
    };
    let trace_id = crate::telemetry::traceparent_of(&tracing::Span::current())
        .and_then(|parent| parent.split('-').nth(1).map(str::to_owned));
    let body = ProblemBody {
        kind: format!("/docs/errors#{}", problem.code),
        title: say(&problem.title),
        status: status.as_u16(),
        code: problem.code.to_owned(),
        errors: problem.fields.iter().map(field).collect(),
        trace_id,
    };
    let body = serde_json::to_vec(&body).unwrap_or_default();
    let mut response = (status, Body::from(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    response
}
