//! What went wrong, free of transport: each service maps its error enum to a [`Problem`] once, and
//! `runtime` turns that into problem+json (RFC 9457) or a gRPC status.

use serde::{Deserialize, Serialize};

use crate::Text;

/// The class of a problem; decides the HTTP and gRPC status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 400: malformed or out of range; `fields` says where.
    Invalid,
    /// 401: nobody is signed in.
    Unauthenticated,
    /// 401 with `step_up_required`: a second factor is asked for.
    StepUp,
    /// 403: signed in, not allowed.
    Forbidden,
    /// 404: not there, or not visible to this principal.
    NotFound,
    /// 410: was there and is over: used, expired or replaced. It never comes back.
    Gone,
    /// 409: contradicts the current state.
    Conflict,
    /// 412: the version in `If-Match` is not the current one.
    Stale,
    /// 413: larger than accepted.
    TooLarge,
    /// 415: not a media type this accepts.
    UnsupportedType,
    /// 422: understood, but a rule of the process refuses; `fields` lists what is missing.
    Refused,
    /// 429: too many requests.
    TooMany,
    /// 500: our fault; details go to the log only.
    Internal,
    /// 503: something needed is not reachable now; try again.
    Unavailable,
    /// Not a failure: this command was carried out before. Holds the JSON answered then.
    Replayed,
}

/// One thing wrong with, or missing from, one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Path of the field, such as `contacts[0].phone`, or the name of the missing evidence.
    pub field: String,
    /// Stable code, such as `required`, `too_long`, `evidence_missing`.
    pub code: String,
    pub reason: Text,
    /// How to supply what is missing, when there is a way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Text>,
}

impl FieldError {
    pub fn new(field: impl Into<String>, code: impl Into<String>, reason: Text) -> Self {
        Self { field: field.into(), code: code.into(), reason, remedy: None }
    }

    pub fn required(field: impl Into<String>) -> Self {
        Self::new(field, "required", Text::new("必填", "is required"))
    }

    /// A text of more characters than the field takes.
    pub fn too_long(field: impl Into<String>, longest: usize) -> Self {
        let reason = Text::new(format!("最多 {longest} 个字符"), format!("has more than {longest} characters"));
        Self::new(field, "too_long", reason)
    }

    pub fn with_remedy(mut self, remedy: Text) -> Self {
        self.remedy = Some(remedy);
        self
    }
}

/// A refusal or failure that a client, a person or a log reader can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: Kind,
    /// Stable, documented in `docs/errors.md`, such as `lead_not_found`.
    pub code: &'static str,
    pub title: Text,
    pub fields: Vec<FieldError>,
    /// What the log says and the client does not see (for [`Kind::Replayed`]: the first answer).
    pub internal: Option<String>,
}

impl Problem {
    pub fn new(kind: Kind, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { kind, code, title: Text::new(zh, en), fields: Vec::new(), internal: None }
    }

    pub fn with_fields(mut self, fields: Vec<FieldError>) -> Self {
        self.fields = fields;
        self
    }

    /// An internal failure: the client learns that it happened, the log learns why.
    pub fn internal(why: impl ToString) -> Self {
        let mut problem =
            Self::new(Kind::Internal, "internal", "系统内部错误，已记录", "internal error; it has been logged");
        problem.internal = Some(why.to_string());
        problem
    }

    /// Something needed cannot be reached now.
    pub fn unavailable(why: impl ToString) -> Self {
        let mut problem = Self::new(
            Kind::Unavailable,
            "unavailable",
            "服务暂时不可用，请稍后重试",
            "temporarily unavailable; please try again",
        );
        problem.internal = Some(why.to_string());
        problem
    }

    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self::new(Kind::Invalid, "invalid_request", "请求内容有误", "the request is not valid").with_fields(fields)
    }

    /// The title, and what is wrong with which field where that is known.
    pub fn sentence(&self) -> Text {
        if self.fields.is_empty() {
            return self.title.clone();
        }
        let reasons = self.fields.iter().map(|field| field.reason.clone()).collect::<Vec<_>>();
        let (title, reasons) = (&self.title, Text::joined(&reasons));
        Text::new(format!("{}：{}", title.zh, reasons.zh), format!("{}: {}", title.en, reasons.en))
    }

    /// True when trying the same thing again later may succeed.
    pub fn is_transient(&self) -> bool {
        matches!(self.kind, Kind::Internal | Kind::Unavailable | Kind::TooMany)
    }
}

/// Implemented once by every error enum that can reach a client.
pub trait AsProblem: std::error::Error {
    fn problem(&self) -> Problem;
}
