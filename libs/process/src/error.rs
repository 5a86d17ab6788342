//! Everything that can go wrong between a service and its processes.

use kernel::{AsProblem, FieldError, Kind, Problem, Text};

use crate::approval::ApprovalError;
use crate::calendar::CalendarError;
use crate::definition::Malformed;
use crate::gate::Closed;

/// Why a process definition or approval cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error(transparent)]
    Approval(#[from] ApprovalError),
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    #[error("there is no process definition {0:?}")]
    UnknownDefinition(String),
    #[error("the process definition {name:?} has no version {version}")]
    UnknownVersion { name: String, version: u32 },
    #[error("the next version of {name:?} is {expected}, not {found}")]
    VersionConflict { name: String, expected: u32, found: u32 },
    #[error("there is no such approval")]
    UnknownApproval,
    #[error("what is stored as {0} cannot be read: {1}")]
    Corrupt(&'static str, String),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl AsProblem for ProcessError {
    fn problem(&self) -> Problem {
        match self {
            Self::Malformed(error) => error.problem(),
            Self::Closed(error) => error.problem(),
            Self::Approval(error) => error.problem(),
            Self::Calendar(error) => error.problem(),
            Self::UnknownDefinition(_) | Self::UnknownVersion { .. } => Problem::new(
                Kind::NotFound,
                "definition_not_found",
                "流程定义不存在",
                "there is no such process definition",
            ),
            Self::UnknownApproval => {
                Problem::new(Kind::NotFound, "approval_not_found", "审批不存在", "there is no such approval")
            }
            Self::VersionConflict { expected, .. } => version_conflict(*expected),
            Self::Corrupt(..) => Problem::internal(self),
            Self::Database(error) => database(error),
        }
    }
}

fn version_conflict(expected: u32) -> Problem {
    let reason = Text::new(format!("下一个版本应为 {expected}"), format!("the next version is {expected}"));
    Problem::new(
        Kind::Conflict,
        "definition_version_conflict",
        "流程定义已有更新的版本，请在其基础上修改",
        "the process definition has moved on; edit its latest version",
    )
    .with_fields(vec![FieldError::new("version", "version_conflict", reason)])
}

fn database(error: &sqlx::Error) -> Problem {
    let open_twice = error.as_database_error().and_then(|db| db.constraint()) == Some("process_approvals_open");
    if open_twice {
        return Problem::new(
            Kind::Conflict,
            "approval_already_open",
            "同一事项已有待处理的审批",
            "the same approval is already waiting for a decision",
        );
    }
    sqlstate::problem(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_out_of_reach_is_unavailable() {
        let away = ProcessError::Database(sqlx::Error::PoolTimedOut);
        assert_eq!(away.problem().kind, Kind::Unavailable);
    }
}
