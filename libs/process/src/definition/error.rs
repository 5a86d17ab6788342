//! Why a definition is refused, and where.

use kernel::{AsProblem, FieldError, Problem, Text};
use serde::Serialize;

/// One thing wrong with a definition. Lines and columns count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("line {line}, column {column}: {}", reason.en)]
pub struct DefinitionError {
    pub line: u64,
    pub column: u64,
    pub reason: Text,
}

/// Everything found wrong with a definition, by line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct Malformed(pub Vec<DefinitionError>);

impl AsProblem for Malformed {
    fn problem(&self) -> Problem {
        let field = |error: &DefinitionError| {
            FieldError::new(format!("{}:{}", error.line, error.column), "definition_invalid", error.reason.clone())
        };
        Problem::invalid(self.0.iter().map(field).collect())
    }
}
