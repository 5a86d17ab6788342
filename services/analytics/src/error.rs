//! Everything that can go wrong here, and what a client is told about it.

use authz::Denied;
use journal::JournalError;
use journal::ledger::LedgerError;
use kernel::{AsProblem, FieldError, Problem, Text};
use runtime::peers::PeerError;
use uuid::Uuid;

#[derive(Debug, thiserror::Error)]
pub enum AnalyticsError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Peer(#[from] PeerError),
    /// A page cursor that does not fit.
    #[error("the request does not fit")]
    Request(Problem),
    #[error("one of customer_id, opportunity_id, lead_id and correlation is asked for")]
    OneSubject,
    #[error("the time to report on is empty")]
    EmptyTime,
    /// An earlier version of the aggregate has not arrived yet.
    #[error("version {version} of {aggregate} came before the one before it")]
    TooEarly { aggregate: Uuid, version: i64 },
    #[error("the payload of event {0} is not JSON: {1}")]
    Payload(Uuid, serde_json::Error),
    #[error("rows cannot be written as JSON: {0}")]
    Encoding(#[from] serde_json::Error),
    #[error("the ledger of {0}: {1}")]
    Ledger(&'static str, LedgerError),
    #[error("the ledger of {0} holds record {1}, which is not of that service and tenant")]
    ForeignRecord(&'static str, Uuid),
    #[error("the ledger of {0} misses a record before version {2} of {1}")]
    LedgerGap(&'static str, Uuid, i64),
}

runtime::respond_as_problem!(AnalyticsError);

impl From<sqlx::Error> for AnalyticsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::Database(error))
    }
}

impl From<Problem> for AnalyticsError {
    fn from(problem: Problem) -> Self {
        Self::Request(problem)
    }
}

impl AsProblem for AnalyticsError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Peer(error) => error.problem(),
            Self::Request(problem) => problem.clone(),
            Self::OneSubject => wrong(
                "customer_id",
                "one_of",
                "customer_id、opportunity_id、lead_id、correlation 须且只能填一个",
                "exactly one of customer_id, opportunity_id, lead_id and correlation is needed",
            ),
            Self::EmptyTime => wrong("to", "out_of_range", "须晚于 from", "must be later than from"),
            Self::TooEarly { .. } => Problem::unavailable(self),
            _ => Problem::internal(self),
        }
    }
}

fn wrong(field: &str, code: &str, zh: &str, en: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, code, Text::new(zh, en))])
}
