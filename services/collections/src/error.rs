//! Everything that can go wrong, and what clients are told.

use authz::Denied;
use journal::JournalError;
use kernel::money::MoneyError;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};
use process::{Closed, ProcessError};

use crate::domain::journey::{WrongNode, refusal};
use crate::domain::plan::PlanError;
use crate::domain::statement::BadStatement;
use crate::domain::write_off::NotYours;

#[derive(Debug, thiserror::Error)]
pub enum CollectionsError {
    #[error("there is no such receivable")]
    NotFound,
    #[error("there is no such bank statement or entry")]
    EntryNotFound,
    #[error("no blocker of that code is open")]
    BlockerNotFound,
    #[error("there is no write-off to decide")]
    WriteOffNotFound,
    #[error("the receivable is {0}")]
    Closed(&'static str),
    #[error("the entry is {0} already")]
    EntryDecided(&'static str),
    #[error("entry and receivable are in different currencies")]
    OtherCurrency,
    #[error("a write-off is already waiting for its decision")]
    AlreadyRequested,
    /// The contract's own event has not arrived yet.
    #[error("the contract's receivable is not open yet")]
    NotOpenYet,
    /// A problem that was put into words where it was found: fields of a request, a cursor, a version.
    #[error("{}", .0.title.en)]
    Problem(Problem),
    #[error(transparent)]
    WrongNode(#[from] WrongNode),
    #[error(transparent)]
    Gate(#[from] Closed),
    #[error(transparent)]
    WriteOff(#[from] NotYours),
    #[error(transparent)]
    Statement(#[from] BadStatement),
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Money(#[from] MoneyError),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// An event of another service that cannot be understood.
    #[error("event field {field}: {why}")]
    BadEvent { field: &'static str, why: String },
    /// A row of our own that cannot be understood.
    #[error("stored {what}: {why}")]
    Stored { what: &'static str, why: String },
}

impl CollectionsError {
    pub fn event(field: &'static str, why: impl ToString) -> Self {
        Self::BadEvent { field, why: why.to_string() }
    }

    pub fn stored(what: &'static str, why: impl ToString) -> Self {
        Self::Stored { what, why: why.to_string() }
    }

    /// Fields of a request that are not valid; fine when there are none.
    pub fn check(errors: Vec<FieldError>) -> Result<(), Self> {
        if errors.is_empty() { Ok(()) } else { Err(Self::Problem(Problem::invalid(errors))) }
    }
}

impl From<sqlx::Error> for CollectionsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::Database(error))
    }
}

impl From<Problem> for CollectionsError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl AsProblem for CollectionsError {
    fn problem(&self) -> Problem {
        let told = |kind, code, zh: &str| Problem::new(kind, code, zh, self.to_string());
        match self {
            Self::NotFound => told(Kind::NotFound, "receivable_not_found", "应收不存在"),
            Self::EntryNotFound => told(Kind::NotFound, "entry_not_found", "对账单或流水不存在"),
            Self::BlockerNotFound => told(Kind::NotFound, "blocker_not_found", "没有该代码的待处理阻塞"),
            Self::WriteOffNotFound => told(Kind::NotFound, "write_off_not_found", "没有待审批的核销申请"),
            Self::Closed(_) => told(Kind::Conflict, "receivable_closed", "该应收已结清或核销"),
            Self::EntryDecided(_) => told(Kind::Conflict, "entry_decided", "该流水已处理，不能重复匹配"),
            Self::OtherCurrency => told(Kind::Refused, "currency_differs", "流水与应收币种不同"),
            Self::AlreadyRequested => told(Kind::Conflict, "write_off_waiting", "已有待审批的核销申请"),
            Self::NotOpenYet => Problem::unavailable(self),
            Self::Problem(problem) => problem.clone(),
            Self::WrongNode(error) => wrong_node(*error),
            Self::Gate(closed) => refusal(closed),
            Self::WriteOff(error) => write_off(*error),
            Self::Statement(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Process(error) => error.problem(),
            Self::Journal(error) => error.problem(),
            Self::Plan(_) => told(Kind::Refused, "plan_refused", "付款计划有误"),
            Self::BadEvent { .. } => told(Kind::Refused, "event_refused", "事件内容有误"),
            Self::Money(_) | Self::Stored { .. } => Problem::internal(self),
        }
    }
}

fn wrong_node(error: WrongNode) -> Problem {
    let (code, zh) = match error {
        WrongNode::NotNext { .. } => ("not_next_node", "只能进入下一个节点"),
        WrongNode::OnlyByBankPayment => ("bank_payment_required", "银行到账节点只能由匹配的银行流水到达"),
        WrongNode::Ended => ("not_next_node", "流程已结束"),
    };
    let remedy = match error {
        WrongNode::NotNext { next, .. } => {
            Text::new(format!("请先进入节点 {next}"), format!("go to node {next} first"))
        }
        _ => Text::new("导入银行对账单并匹配到账", "import the bank statement and match the receipt"),
    };
    let field = FieldError::new("to", code, Text::new(zh, error.to_string())).with_remedy(remedy);
    Problem::new(Kind::Refused, code, zh, error.to_string()).with_fields(vec![field])
}

fn write_off(error: NotYours) -> Problem {
    let (code, zh) = match error {
        NotYours::OwnRequest => ("own_request", "不能审批自己的申请"),
        NotYours::SameRole => ("two_roles_required", "核销须由两个不同角色完成"),
        NotYours::AmountChanged => ("amount_changed", "未收金额已变化，请重新申请"),
    };
    Problem::new(Kind::Refused, code, zh, error.to_string())
}

runtime::respond_as_problem!(CollectionsError);
