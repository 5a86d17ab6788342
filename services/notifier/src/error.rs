//! What can go wrong here, mapped once to what clients see.

use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem};
use runtime::peers::PeerError;
use runtime::sealed::SealError;

use crate::domain::templates::TemplateError;

#[derive(Debug, thiserror::Error)]
pub enum NotifierError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error("the event's payload is not a JSON object: {0}")]
    Payload(serde_json::Error),
    /// A rule names a payload field that the event does not hold.
    #[error("rule for {event}: field {field} is missing or of the wrong kind")]
    MissingField { event: String, field: String },
    /// A rule applies and not one of its recipients exists.
    #[error("rule for {event}: nobody to tell")]
    NobodyToTell { event: String },
    #[error("not valid")]
    Invalid(Vec<FieldError>),
    #[error("no such {0}")]
    NotFound(&'static str),
    #[error("a message in state {0} cannot be replayed")]
    NotReplayable(String),
    #[error(transparent)]
    Request(#[from] Refusal),
    #[error("sealed secret: {0}")]
    Sealed(#[from] SealError),
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
}

/// A problem found by the shared HTTP edge, such as a malformed cursor.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.code)]
pub struct Refusal(pub Problem);

impl From<sqlx::Error> for NotifierError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

impl From<Problem> for NotifierError {
    fn from(problem: Problem) -> Self {
        Self::Request(Refusal(problem))
    }
}

impl AsProblem for NotifierError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Peer(error) => error.problem(),
            Self::Template(_) => {
                self.refused("template_unwritable", "模板缺少内容，无法生成消息", "the message cannot be written")
            }
            Self::Payload(_) | Self::MissingField { .. } => self.refused(
                "event_field_missing",
                "事件缺少规则需要的字段",
                "the event lacks a field that a rule needs",
            ),
            Self::NobodyToTell { .. } => self.refused("nobody_to_tell", "没有可通知的对象", "there is nobody to tell"),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::NotFound(what) => not_found(what),
            Self::NotReplayable(_) => Problem::new(
                Kind::Conflict,
                "not_replayable",
                "只有失败的消息可以重发",
                "only a message that has ended may be replayed",
            ),
            Self::Request(refusal) => refusal.0.clone(),
            Self::Sealed(_) | Self::Corrupt(_) => Problem::internal(self),
        }
    }
}

impl NotifierError {
    fn refused(&self, code: &'static str, zh: &str, en: &str) -> Problem {
        Problem { internal: Some(self.to_string()), ..Problem::new(Kind::Refused, code, zh, en) }
    }
}

fn not_found(what: &str) -> Problem {
    match what {
        "notification" => {
            Problem::new(Kind::NotFound, "notification_not_found", "没有这条通知", "no such notification")
        }
        "webhook" => Problem::new(Kind::NotFound, "webhook_not_found", "没有这个 Webhook", "no such webhook"),
        "channel" => Problem::new(Kind::NotFound, "channel_not_found", "没有这个渠道", "no such channel"),
        _ => Problem::new(Kind::NotFound, "message_not_found", "没有这条消息", "no such message"),
    }
}

runtime::respond_as_problem!(NotifierError);
