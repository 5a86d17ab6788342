//! What can go wrong in this service.

use custom_fields::CustomFieldError;
use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};
use process::{Closed, ProcessError};

use crate::domain::lead::LeadState;

#[derive(Debug, thiserror::Error)]
pub enum LeadError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    #[error(transparent)]
    CustomField(#[from] CustomFieldError),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    /// A problem of the HTTP edge: a cursor or a version.
    #[error("{}", .0.code)]
    Edge(Problem),
    #[error("there is no such {0}")]
    NotFound(Missing),
    #[error("a lead that is {} cannot do this", .0.as_str())]
    WrongState(LeadState),
    #[error("the lead already belongs to this person")]
    SameOwner,
    #[error("this person cannot be given leads")]
    NotARep,
}

/// What was looked for in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Lead,
    Rule,
    Rep,
    Form,
    Import,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Lead => "lead",
            Self::Rule => "routing rule",
            Self::Rep => "rep",
            Self::Form => "lead form",
            Self::Import => "lead import",
        })
    }
}

impl Missing {
    fn problem(self) -> Problem {
        let (code, zh) = match self {
            Self::Lead => ("lead_not_found", "线索不存在或不可见"),
            Self::Rule => ("routing_rule_not_found", "分配规则不存在"),
            Self::Rep => ("rep_not_found", "业务员档案不存在或不可见"),
            Self::Form => ("lead_form_not_found", "表单不存在"),
            Self::Import => ("lead_import_not_found", "导入记录不存在或不可见"),
        };
        Problem::new(Kind::NotFound, code, zh, format!("there is no such {self}"))
    }
}

impl LeadError {
    /// One wrong field.
    pub fn field(field: &str, code: &str, zh: &str, en: &str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code, Text::new(zh, en))])
    }
}

impl From<sqlx::Error> for LeadError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::Database(error))
    }
}

impl From<Problem> for LeadError {
    fn from(problem: Problem) -> Self {
        Self::Edge(problem)
    }
}

impl AsProblem for LeadError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::CustomField(error) => error.problem(),
            Self::Process(error) => error.problem(),
            Self::Closed(error) => error.problem(),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::Edge(problem) => problem.clone(),
            Self::NotFound(missing) => missing.problem(),
            Self::WrongState(state) => Problem::new(
                Kind::Conflict,
                "lead_state_conflict",
                format!("线索当前状态为 {}，不能执行此操作", state.as_str()),
                format!("not possible while the lead is {}", state.as_str()),
            ),
            Self::SameOwner => Problem::new(
                Kind::Conflict,
                "same_owner",
                "线索已由此人负责",
                "the lead already belongs to this person",
            ),
            Self::NotARep => Problem::new(
                Kind::Refused,
                "rep_unavailable",
                "此人没有业务员档案或已停用，不能接收线索",
                "this person has no active rep profile and cannot be given leads",
            ),
        }
    }
}

runtime::respond_as_problem!(LeadError);
