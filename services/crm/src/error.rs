//! Everything that can go wrong here, and what a client is told about it.

use authz::Denied;
use custom_fields::CustomFieldError;
use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};
use process::{Closed, ProcessError};
use runtime::peers::PeerError;
use uuid::Uuid;

use crate::domain::action::NotDone;

#[derive(Debug, thiserror::Error)]
pub enum CrmError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    CustomField(#[from] CustomFieldError),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Closed(#[from] Closed),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    /// A page cursor or an `If-Match` that does not fit.
    #[error("the request does not fit")]
    Request(Problem),
    #[error("there is no such customer")]
    CustomerNotFound,
    #[error("there is no such contact")]
    ContactNotFound,
    #[error("there is no such opportunity")]
    OpportunityNotFound,
    #[error("there is no such visit")]
    VisitNotFound,
    #[error("there is no such action")]
    ActionNotFound,
    /// The company is a customer already, of this owner.
    #[error("the company is customer {id} of {owner} already")]
    CustomerExists { id: Uuid, owner: Uuid },
    /// The visit has no voice note, or its summary was confirmed before.
    #[error("the visit has no summary to confirm")]
    NoDraft,
    /// Won or lost: nothing about it changes any more.
    #[error("the opportunity has ended")]
    OpportunityEnded,
    #[error("the three budgets disagree")]
    BudgetsDisagree(Vec<FieldError>),
    #[error("the action was done before")]
    ActionDoneBefore,
    #[error(transparent)]
    NotDone(#[from] NotDone),
    #[error("the event's {field} is not readable: {value:?}")]
    BadEvent { field: &'static str, value: String },
    #[error("what is stored as {0} cannot be read: {1}")]
    Corrupt(&'static str, String),
}

runtime::respond_as_problem!(CrmError);

impl From<sqlx::Error> for CrmError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::Database(error))
    }
}

impl From<Vec<FieldError>> for CrmError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}

impl From<Problem> for CrmError {
    fn from(problem: Problem) -> Self {
        Self::Request(problem)
    }
}

impl AsProblem for CrmError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::CustomField(error) => error.problem(),
            Self::Process(error) => error.problem(),
            Self::Closed(error) => error.problem(),
            Self::Peer(error) => error.problem(),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::Request(problem) => problem.clone(),
            Self::BudgetsDisagree(fields) => budgets_disagree().with_fields(fields.clone()),
            Self::CustomerExists { id, owner } => customer_exists(*id, *owner),
            Self::NotDone(error) => not_done(error),
            Self::BadEvent { .. } | Self::Corrupt(..) => Problem::internal(self),
            _ => self.simple(),
        }
    }
}

impl CrmError {
    /// The problems that say no more than their name.
    fn simple(&self) -> Problem {
        let (kind, code, zh, en) = match self {
            Self::CustomerNotFound => (Kind::NotFound, "customer_not_found", "客户不存在", "there is no such customer"),
            Self::ContactNotFound => (Kind::NotFound, "contact_not_found", "联系人不存在", "there is no such contact"),
            Self::OpportunityNotFound => {
                (Kind::NotFound, "opportunity_not_found", "商机不存在", "there is no such opportunity")
            }
            Self::VisitNotFound => (Kind::NotFound, "visit_not_found", "拜访记录不存在", "there is no such visit"),
            Self::ActionNotFound => (Kind::NotFound, "action_not_found", "动作不存在", "there is no such action"),
            Self::OpportunityEnded => (
                Kind::Conflict,
                "opportunity_ended",
                "商机已结束，不能再修改",
                "the opportunity has ended and cannot be changed",
            ),
            Self::NoDraft => {
                (Kind::Conflict, "no_draft", "该拜访没有待确认的小结", "the visit has no summary to confirm")
            }
            Self::ActionDoneBefore => {
                (Kind::Conflict, "action_done_before", "该动作已完成", "the action has been done already")
            }
            _ => return Problem::internal(self),
        };
        Problem::new(kind, code, zh, en)
    }
}

fn budgets_disagree() -> Problem {
    Problem::new(
        Kind::Refused,
        "budgets_disagree",
        "三本预算不一致，商机已冻结",
        "the three budgets disagree; the opportunity is frozen",
    )
}

fn customer_exists(id: Uuid, owner: Uuid) -> Problem {
    let reason =
        Text::new(format!("已是客户 {id}，由 {owner} 跟进"), format!("is customer {id} already, followed by {owner}"));
    Problem::new(Kind::Conflict, "customer_exists", "该公司已是客户", "the company is a customer already")
        .with_fields(vec![FieldError::new("company", "duplicate", reason)])
}

fn not_done(error: &NotDone) -> Problem {
    let (code, zh, en) = match error {
        NotDone::InFuture => ("action_in_future", "动作完成时间在未来", "the action would end in the future"),
        NotDone::TooClose { .. } => (
            "action_too_close",
            "与本人另一动作相隔不足 30 分钟",
            "the action is within 30 minutes of another one of yours",
        ),
    };
    Problem::new(Kind::Refused, code, zh, en).with_fields(vec![FieldError::new("done_at", code, error.explained())])
}
