//! Everything that can go wrong here, and what a client is told about it.

use authz::Denied;
use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};

use crate::domain::recording::Refusal;

#[derive(Debug, thiserror::Error)]
pub enum AiQaError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    Denied(#[from] Denied),
    #[error("object storage: {0}")]
    Storage(#[from] object_store::Error),
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    /// A page cursor or an `If-Match` that does not fit.
    #[error("the request does not fit")]
    Request(Problem),
    #[error("there is no such recording")]
    RecordingNotFound,
    #[error("nobody has agreed to the recording")]
    ConsentMissing,
    #[error("the recording is larger than {0} bytes")]
    TooLarge(i64),
    /// The bytes do not start where the upload stands.
    #[error("the upload stands at {0}")]
    OffsetConflict(i64),
    #[error("more bytes than were announced")]
    UploadOverrun,
    #[error("the body is not application/offset+octet-stream with an Upload-Offset")]
    NotAChunk,
    /// What had arrived is kept.
    #[error("the upload was cut off: {0}")]
    Interrupted(String),
    #[error("nobody continued the upload in time")]
    UploadAbandoned,
    #[error("the recording is not kept: {0}")]
    Refused(Refusal),
    #[error("the recording has not arrived as a whole yet")]
    NotStored,
    #[error("the recording's time was up")]
    ContentDeleted,
    #[error("no byte of the recording's {0} is in the range")]
    RangeNotSatisfiable(u64),
    #[error("there is no such objection")]
    ObjectionNotFound,
    #[error("there is no such review")]
    ReviewNotFound,
    #[error("the objection was answered before")]
    AnsweredBefore,
    #[error("the review does not wait for a decision")]
    NotWaitingForReview,
    #[error("the answer's recording is not one of the rep's stored ones")]
    RecordingNotUsable,
    #[error("the event's {field} is not readable: {value:?}")]
    BadEvent { field: &'static str, value: String },
    #[error("what is stored as {0} cannot be read: {1}")]
    Corrupt(&'static str, String),
}

runtime::respond_as_problem!(AiQaError);

impl From<sqlx::Error> for AiQaError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(JournalError::Database(error))
    }
}

impl From<Vec<FieldError>> for AiQaError {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::Invalid(errors)
    }
}

impl From<Problem> for AiQaError {
    fn from(problem: Problem) -> Self {
        Self::Request(problem)
    }
}

impl AsProblem for AiQaError {
    fn problem(&self) -> Problem {
        match self {
            Self::Journal(error) => error.problem(),
            Self::Denied(error) => error.problem(),
            Self::Storage(_) => Problem::unavailable(self),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::Request(problem) => problem.clone(),
            Self::ConsentMissing => consent_missing(),
            Self::TooLarge(limit) => too_large(*limit),
            Self::OffsetConflict(at) => offset_conflict(*at),
            Self::Refused(refusal) => refusal.problem(),
            Self::BadEvent { .. } | Self::Corrupt(..) => Problem::internal(self),
            _ => self.simple(),
        }
    }
}

impl AiQaError {
    /// The problems that say no more than their name.
    fn simple(&self) -> Problem {
        let (kind, code, zh, en) = match self {
            Self::RecordingNotFound => {
                (Kind::NotFound, "recording_not_found", "录音不存在", "there is no such recording")
            }
            Self::ObjectionNotFound => {
                (Kind::NotFound, "objection_not_found", "异议不存在", "there is no such objection")
            }
            Self::ReviewNotFound => (Kind::NotFound, "review_not_found", "质检任务不存在", "there is no such review"),
            Self::ContentDeleted => (
                Kind::NotFound,
                "content_deleted",
                "录音已过保存期，内容已删除",
                "the content was deleted when its time was up",
            ),
            Self::UploadAbandoned => (
                Kind::NotFound,
                "upload_abandoned",
                "上传已过期，请重新开始",
                "nobody continued the upload in time; start again",
            ),
            Self::NotStored => {
                (Kind::Conflict, "recording_not_stored", "录音尚未上传完成", "the recording has not arrived yet")
            }
            Self::UploadOverrun => {
                (Kind::TooLarge, "upload_overrun", "上传内容超过声明的大小", "more bytes arrived than were announced")
            }
            Self::NotAChunk => (
                Kind::UnsupportedType,
                "chunk_expected",
                "须为 application/offset+octet-stream 并带 Upload-Offset",
                "must be application/offset+octet-stream with an Upload-Offset",
            ),
            Self::Interrupted(_) => (
                Kind::Invalid,
                "upload_interrupted",
                "上传中断，可续传",
                "the upload was cut off; continue where it stands",
            ),
            Self::RangeNotSatisfiable(_) => (
                Kind::Invalid,
                "range_not_satisfiable",
                "请求的范围超出录音长度",
                "the range lies beyond the recording",
            ),
            Self::AnsweredBefore => {
                (Kind::Conflict, "answered_before", "该异议已作答", "the objection was answered before")
            }
            Self::NotWaitingForReview => (
                Kind::Conflict,
                "not_waiting_for_review",
                "该任务不在待评审状态",
                "the review does not wait for a decision",
            ),
            Self::RecordingNotUsable => (
                Kind::Refused,
                "recording_not_usable",
                "须为本人已上传完成的录音",
                "must be a recording of yours that has arrived as a whole",
            ),
            _ => return Problem::internal(self),
        };
        Problem::new(kind, code, zh, en)
    }
}

fn consent_missing() -> Problem {
    Problem::new(Kind::Refused, "consent_missing", "未确认对方同意录音", "nobody has agreed to being recorded")
        .with_fields(vec![FieldError::required("consent")])
}

fn too_large(limit: i64) -> Problem {
    let reason = Text::new(format!("最大 {limit} 字节"), format!("may be at most {limit} bytes"));
    Problem::new(Kind::TooLarge, "recording_too_large", "录音文件过大", "the recording is too large")
        .with_fields(vec![FieldError::new("bytes", "too_large", reason)])
}

fn offset_conflict(at: i64) -> Problem {
    let reason = Text::new(format!("应从 {at} 继续"), format!("must continue at {at}"));
    Problem::new(Kind::Conflict, "offset_conflict", "续传位置不符", "the upload does not continue where it stands")
        .with_fields(vec![FieldError::new("upload-offset", "offset_conflict", reason)])
}
