use journal::JournalError;
use kernel::{AsProblem, FieldError, Problem};
use process::ProcessError;
use process::definition::Malformed;

#[derive(Debug, thiserror::Error)]
pub(super) enum DefinitionRouteError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    /// Well-formed, and not for this service.
    #[error("the definition asks for what this service does not do")]
    Unsupported(Vec<FieldError>),
    /// The service could not read its live records.
    #[error("live records: {}", .0.code)]
    Live(Problem),
    #[error("the dry run ended early: {0}")]
    Ended(#[from] tokio::task::JoinError),
}

impl AsProblem for DefinitionRouteError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Process(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Unsupported(fields) => Problem::invalid(fields.clone()),
            Self::Live(problem) => problem.clone(),
            Self::Ended(error) => Problem::internal(error),
        }
    }
}

crate::respond_as_problem!(DefinitionRouteError);

impl From<Malformed> for DefinitionRouteError {
    fn from(error: Malformed) -> Self {
        Self::Process(error.into())
    }
}
