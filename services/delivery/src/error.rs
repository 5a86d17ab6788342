//! What can go wrong here, once for HTTP, gRPC and reactions.

use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem};

use crate::domain::Week;

#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] authz::Denied),
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    #[error("{}", .0.title.en)]
    Request(Problem),
    #[error("not found")]
    NotFound,
    #[error("somebody else changed it first")]
    Stale,
    #[error("already delivered")]
    AlreadyDelivered,
    #[error("the week of {week} has no free place ({taken} of {slots} taken)")]
    CapacityExceeded { week: Week, slots: i32, taken: i64 },
    #[error("only a delivery manager books beyond capacity")]
    OverrideNotAllowed,
    #[error("a place is already kept for this opportunity in the week of {0}")]
    AlreadyLocked(Week),
    #[error("no such acceptance link")]
    AcceptanceUnknown,
    #[error("the acceptance link was used")]
    AcceptanceUsed,
    #[error("the acceptance link does not work any more")]
    AcceptanceExpired,
    #[error("an acceptance rests on a document or a video")]
    AcceptanceEvidenceMissing,
    #[error("the request is taken or replied to")]
    RequestNotWaiting,
    /// An event of another service that cannot be understood.
    #[error("event: {0} is missing or unreadable")]
    UnreadableEvent(&'static str),
    #[error("stored data: {0}")]
    Stored(String),
}

runtime::respond_as_problem!(DeliveryError);

impl DeliveryError {
    /// Something in the database is not what this version writes.
    pub fn stored(error: impl std::fmt::Display) -> Self {
        Self::Stored(error.to_string())
    }
}

impl From<sqlx::Error> for DeliveryError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

impl From<Problem> for DeliveryError {
    fn from(problem: Problem) -> Self {
        Self::Request(problem)
    }
}

impl AsProblem for DeliveryError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(denied) => denied.problem(),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::Request(problem) => problem.clone(),
            Self::NotFound => Problem::new(Kind::NotFound, "not_found", "没有找到", "not found"),
            Self::Stale => Problem::new(
                Kind::Stale,
                "changed_meanwhile",
                "内容已被他人修改，请刷新后重试",
                "somebody else changed it first; reload and try again",
            ),
            Self::AlreadyDelivered => Problem::new(
                Kind::Conflict,
                "already_delivered",
                "客户已确认可用，交付已完成",
                "the customer has confirmed it; the delivery is done",
            ),
            Self::OverrideNotAllowed => Problem::new(
                Kind::Forbidden,
                "capacity_override_not_allowed",
                "只有交付经理可以超产能排产",
                "only a delivery manager books beyond capacity",
            ),
            Self::RequestNotWaiting => Problem::new(
                Kind::Conflict,
                "request_not_waiting",
                "该请求已被受理或已答复",
                "the request is taken or replied to",
            ),
            Self::UnreadableEvent(_) | Self::Stored(_) => Problem::internal(self),
            _ => self.capacity_problem().unwrap_or_else(|| self.acceptance_problem()),
        }
    }
}

impl DeliveryError {
    fn capacity_problem(&self) -> Option<Problem> {
        match self {
            Self::CapacityExceeded { week, slots, taken } => Some(Problem::new(
                Kind::Refused,
                "capacity_exceeded",
                format!("{week} 当周产能已满（{taken}/{slots}），请改期或由交付经理说明原因后超排"),
                format!(
                    "the week of {week} is full ({taken} of {slots}); choose another week, or let a delivery manager override it with a reason"
                ),
            )),
            Self::AlreadyLocked(week) => Some(Problem::new(
                Kind::Conflict,
                "capacity_already_locked",
                format!("该商机已锁定 {week} 当周的产能"),
                format!("a place in the week of {week} is already kept for this opportunity"),
            )),
            _ => None,
        }
    }

    fn acceptance_problem(&self) -> Problem {
        match self {
            Self::AcceptanceUsed => {
                Problem::new(Kind::Gone, "acceptance_used", "此验收链接已使用", "this acceptance link was used already")
            }
            Self::AcceptanceExpired => Problem::new(
                Kind::Gone,
                "acceptance_expired",
                "此验收链接已失效，请联系您的业务员重新获取",
                "this acceptance link does not work any more; ask your contact for a new one",
            ),
            Self::AcceptanceEvidenceMissing => Problem::new(
                Kind::Refused,
                "acceptance_evidence_missing",
                "确认可用须附验收文件或视频",
                "an acceptance rests on a document or a video; attach one",
            ),
            _ => {
                Problem::new(Kind::NotFound, "acceptance_unknown", "没有此验收链接", "there is no such acceptance link")
            }
        }
    }
}
