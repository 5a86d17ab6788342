//! Everything that can be refused or go wrong, mapped once to what clients see.

use authz::Denied;
use custom_fields::CustomFieldError;
use journal::JournalError;
use kernel::money::MoneyError;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};
use process::ProcessError;
use process::approval::ApprovalError;
use runtime::peers::PeerError;

use crate::pdf::PdfError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error(transparent)]
    CustomField(#[from] CustomFieldError),
    #[error(transparent)]
    Process(#[from] ProcessError),
    #[error(transparent)]
    Peer(#[from] PeerError),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error("what is stored as {0} cannot be read: {1}")]
    Corrupt(&'static str, String),
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    /// A problem that a shared part of the HTTP edge has worded.
    #[error("{}", .0.title.en)]
    Worded(Problem),
    #[error("there is no such {0}")]
    NotFound(&'static str),
    #[error("an amount is out of range")]
    Money(#[from] MoneyError),
    #[error("the opportunity is frozen")]
    OpportunityFrozen,
    #[error("the quote is not a draft")]
    QuoteNotDraft,
    #[error("the quote waits for a decision")]
    QuoteAwaitsDecision,
    #[error("the quote is not approved")]
    QuoteNotApproved,
    #[error("the quote has become a contract")]
    QuoteContracted,
    #[error("the quote contradicts itself")]
    QuoteInconsistent(Vec<FieldError>),
    #[error("the quote is no longer valid")]
    QuoteExpired,
    #[error("the quote was sent")]
    QuoteAlreadySent,
    #[error("a contract was made from this quote")]
    ContractExists,
    #[error("locked clauses were to be changed: {}", .0.join(", "))]
    ClauseLocked(Vec<String>),
    #[error("clauses that are not in the contract: {}", .0.join(", "))]
    ClauseUnknown(Vec<String>),
    #[error("the clause has no draft")]
    ClauseNotDraft,
    #[error("the contract cannot be changed now")]
    ContractNotEditable,
    #[error("the contract is not approved")]
    ContractNotApproved,
    #[error("this party has signed")]
    AlreadySigned,
    #[error("the stored text of a clause does not match its hash")]
    ClausesInconsistent(Vec<String>),
    #[error("this person may not decide")]
    DelegateNotAllowed,
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::Database(error))
    }
}

impl From<ApprovalError> for Error {
    fn from(error: ApprovalError) -> Self {
        Self::Process(ProcessError::Approval(error))
    }
}

impl AsProblem for Error {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::CustomField(error) => error.problem(),
            Self::Process(error) => error.problem(),
            Self::Peer(error) => error.problem(),
            Self::Pdf(error) => error.problem(),
            Self::Corrupt(..) => Problem::internal(self),
            Self::Worded(problem) => problem.clone(),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::NotFound(what) => not_found(what),
            Self::Money(error) => amount(error),
            Self::QuoteInconsistent(fields) => {
                self.refused("quote_inconsistent", "报价单前后不一致，请修正后再提交").with_fields(fields.clone())
            }
            Self::ClauseLocked(codes) => locked(codes),
            Self::ClauseUnknown(codes) => unknown_clauses(codes),
            Self::ClausesInconsistent(codes) => inconsistent_clauses(codes),
            Self::QuoteNotDraft => self.conflict("quote_not_draft", "报价单不是草稿，请修订后再提交"),
            Self::QuoteAwaitsDecision => self.conflict("quote_awaits_decision", "报价单正在审批，请先撤回"),
            Self::QuoteContracted => self.conflict("quote_contracted", "该报价已生成合同，不能再修改"),
            Self::QuoteAlreadySent => self.conflict("quote_already_sent", "报价单已发送"),
            Self::ContractExists => self.conflict("contract_exists", "该报价已生成合同"),
            Self::ClauseNotDraft => self.conflict("clause_not_draft", "没有待发布的条款修订"),
            Self::ContractNotEditable => self.conflict("contract_not_editable", "合同当前状态不能修改"),
            Self::AlreadySigned => self.conflict("already_signed", "该方已签署"),
            Self::OpportunityFrozen => self.refused("opportunity_frozen", "商机已冻结：三项预算不一致，须先解冻"),
            Self::QuoteNotApproved => self.refused("quote_not_approved", "报价未获批准，不能对外使用"),
            Self::QuoteExpired => self.refused("quote_expired", "报价已过有效期，请重新修订"),
            Self::ContractNotApproved => self.refused("contract_not_approved", "合同未获批准，不能签署"),
            Self::DelegateNotAllowed => self.refused("delegate_not_allowed", "受托人没有审批此事项的权限"),
        }
    }
}

impl Error {
    fn refused(&self, code: &'static str, zh: &str) -> Problem {
        Problem::new(Kind::Refused, code, zh, self.to_string())
    }

    fn conflict(&self, code: &'static str, zh: &str) -> Problem {
        Problem::new(Kind::Conflict, code, zh, self.to_string())
    }
}

fn not_found(what: &str) -> Problem {
    let (code, zh) = match what {
        "product" => ("product_not_found", "产品不存在"),
        "quote" => ("quote_not_found", "报价单不存在"),
        "clause" => ("clause_not_found", "条款不存在"),
        "contract" => ("contract_not_found", "合同不存在"),
        "approval" => ("approval_not_found", "审批不存在"),
        "opportunity" => ("opportunity_not_found", "商机不存在"),
        _ => ("not_found", "没有找到"),
    };
    Problem::new(Kind::NotFound, code, zh, format!("there is no such {what}"))
}

fn amount(error: &MoneyError) -> Problem {
    let reason = Text::new("金额超出范围", error.to_string());
    Problem::invalid(vec![FieldError::new("amount", "out_of_range", reason)])
}

fn locked(codes: &[String]) -> Problem {
    let field = |code: &String| {
        let reason = Text::new(format!("条款 {code} 已锁定，不能修改"), format!("clause {code} is locked"));
        FieldError::new(format!("clauses[{code}]"), "clause_locked", reason)
    };
    Problem::new(
        Kind::Refused,
        "clause_locked",
        format!("锁定条款不能修改：{}", codes.join("、")),
        format!("locked clauses cannot be changed: {}", codes.join(", ")),
    )
    .with_fields(codes.iter().map(field).collect())
}

fn unknown_clauses(codes: &[String]) -> Problem {
    let field = |code: &String| {
        let reason = Text::new("合同中没有该条款，或该条款被删除", "is not in the contract, or was left out");
        FieldError::new(format!("clauses[{code}]"), "clause_unknown", reason)
    };
    Problem::new(Kind::Refused, "clause_unknown", "条款与合同不一致", "the clauses are not those of the contract")
        .with_fields(codes.iter().map(field).collect())
}

fn inconsistent_clauses(codes: &[String]) -> Problem {
    let field = |code: &String| {
        let reason = Text::new("条款文本与哈希不符", "the text does not match its hash");
        FieldError::new(format!("clauses[{code}]"), "clause_inconsistent", reason)
    };
    Problem::new(Kind::Refused, "clauses_inconsistent", "条款一致性校验未通过", "the clauses do not match their hashes")
        .with_fields(codes.iter().map(field).collect())
}

runtime::respond_as_problem!(Error);
