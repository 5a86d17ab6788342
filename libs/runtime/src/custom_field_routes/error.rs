use custom_fields::CustomFieldError;
use journal::JournalError;
use kernel::{AsProblem, FieldError, Problem};

#[derive(Debug, thiserror::Error)]
pub(super) enum CustomFieldRouteError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    CustomField(#[from] CustomFieldError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    /// An `If-Match` that does not fit.
    #[error("{}", .0.code)]
    Stale(Problem),
}

impl AsProblem for CustomFieldRouteError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::CustomField(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Stale(problem) => problem.clone(),
        }
    }
}

crate::respond_as_problem!(CustomFieldRouteError);

impl From<Vec<FieldError>> for CustomFieldRouteError {
    fn from(faults: Vec<FieldError>) -> Self {
        Self::CustomField(faults.into())
    }
}
