//! What can go wrong on the write path.

use kernel::{AsProblem, Kind, Problem};

use crate::ledger::LedgerError;

/// Why something was not written, read or delivered.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// Not a failure: this request, event or timer was carried out before. Holds the first answer.
    #[error("already carried out")]
    Replayed(Option<String>),
    #[error("the idempotency key was used for a different request")]
    KeyReused,
    #[error("somebody else changed it first")]
    Overtaken,
    #[error("cannot be written as JSON: {0}")]
    Encoding(#[from] serde_json::Error),
    #[error("broker: {0}")]
    Broker(String),
    /// Not even a heartbeat came.
    #[error("broker: the consumer gives no sign of life")]
    Silent,
    #[error("stream or consumer {name} is configured differently: {difference}")]
    Misconfigured { name: String, difference: String },
    #[error("the relay's lease went to another process")]
    LeaseLost,
    #[error("ledger: {0}")]
    Ledger(#[from] LedgerError),
    #[error("the stored hash of event chain {0} is damaged")]
    DamagedHash(uuid::Uuid),
}

impl JournalError {
    pub(crate) fn broker(error: impl std::fmt::Display) -> Self {
        Self::Broker(error.to_string())
    }
}

/// Two writers of the same aggregate: the second one's version is taken.
pub(crate) fn overtaken_or_database(error: sqlx::Error) -> JournalError {
    match &error {
        sqlx::Error::Database(inner) if inner.is_unique_violation() && inner.table() == Some("journal") => {
            JournalError::Overtaken
        }
        _ => JournalError::Database(error),
    }
}

impl AsProblem for JournalError {
    fn problem(&self) -> Problem {
        match self {
            Self::Replayed(answer) => Problem {
                internal: answer.clone(),
                ..Problem::new(Kind::Replayed, "replayed", "此请求已处理", "already carried out")
            },
            Self::KeyReused => Problem::new(
                Kind::Refused,
                "idempotency_key_reused",
                "幂等键已用于另一个请求",
                "the idempotency key was used for a different request",
            ),
            Self::Overtaken => Problem::new(
                Kind::Conflict,
                "changed_meanwhile",
                "内容已被他人修改，请刷新后重试",
                "somebody else changed it first; reload and try again",
            ),
            Self::Database(error) => sqlstate::problem(error),
            Self::Broker(_) | Self::Silent | Self::LeaseLost => Problem::unavailable(self),
            Self::Encoding(_) | Self::Misconfigured { .. } | Self::Ledger(_) | Self::DamagedHash(_) => {
                Problem::internal(self)
            }
        }
    }
}
