//! Why something cannot be done to an approval.

use kernel::{AsProblem, Kind, Problem};

/// Why a decision is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalError {
    #[error("nobody approves their own request")]
    OwnRequest,
    #[error("this person is not asked for a decision")]
    NotAnApprover,
    #[error("others decide before this person")]
    NotYourTurn,
    #[error("this person has decided already")]
    AlreadyDecided,
    #[error("the request is decided or withdrawn")]
    Closed,
    #[error("a reason is needed")]
    ReasonRequired,
    #[error("this person is asked already")]
    AlreadyApprover,
    #[error("only the submitter withdraws a request")]
    NotTheSubmitter,
    #[error("there is nobody who can approve, not even after escalation")]
    NobodyCanApprove,
    #[error("submitter and approvers must bring at least two different roles")]
    TwoRolesRequired,
    #[error("there is no such step")]
    UnknownStep,
    #[error("the step was escalated before")]
    AlreadyEscalated,
}

impl AsProblem for ApprovalError {
    fn problem(&self) -> Problem {
        use Kind::{Conflict, Forbidden, Invalid, NotFound, Refused};
        let (kind, code, zh) = match self {
            Self::OwnRequest => (Forbidden, "approval_own_request", "不能审批自己提交的申请"),
            Self::NotAnApprover => (Forbidden, "approval_not_an_approver", "您不是该审批的审批人"),
            Self::NotYourTurn => (Conflict, "approval_not_your_turn", "尚未轮到您审批"),
            Self::AlreadyDecided => (Conflict, "approval_already_decided", "您已作出决定"),
            Self::Closed => (Conflict, "approval_closed", "该审批已结束或已撤回"),
            Self::ReasonRequired => (Invalid, "approval_reason_required", "请填写原因"),
            Self::AlreadyApprover => (Conflict, "approval_already_approver", "该人员已在审批人之列"),
            Self::NotTheSubmitter => (Forbidden, "approval_not_the_submitter", "只有提交人可以撤回"),
            Self::NobodyCanApprove => (Refused, "approval_nobody_can_approve", "没有可用的审批人，升级后仍然没有"),
            Self::TwoRolesRequired => {
                (Refused, "approval_two_roles_required", "提交人与审批人必须至少来自两个不同角色")
            }
            Self::UnknownStep => (NotFound, "approval_step_not_found", "审批环节不存在"),
            Self::AlreadyEscalated => (Conflict, "approval_already_escalated", "该环节已升级过"),
        };
        Problem::new(kind, code, zh, self.to_string())
    }
}
