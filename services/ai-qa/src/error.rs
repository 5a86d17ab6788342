//! Everything that can go wrong here, and what a client is told about it.

use authz::Denied;
use journal::JournalError;
use kernel::{AsProblem, FieldError, Kind, Problem, Text};
use runtime::sealed::SealError;

use crate::domain::calibration::RefitError;
use crate::domain::content_link::LinkFault;
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
    #[error("the link to the recording: {0}")]
    Link(#[from] LinkFault),
    #[error("cannot seal a link: {0}")]
    Seal(#[from] SealError),
    #[error("the recording's time was up")]
    ContentDeleted,
    #[error("no byte of the recording's {0} is in the range")]
    RangeNotSatisfiable(u64),
    #[error("the recording has no transcript")]
    TranscriptNotFound,
    #[error("the recording is not written down")]
    NotTranscribed,
    #[error("the transcription has not failed")]
    NotFailed,
    /// A file or a thread cannot be had.
    #[error("the system: {0}")]
    System(#[from] std::io::Error),
    #[error("there is no such objection")]
    ObjectionNotFound,
    #[error("there is no such review")]
    ReviewNotFound,
    #[error("there is no such talk track")]
    TalkTrackNotFound,
    #[error("there is no such comparison sheet")]
    SheetNotFound,
    #[error("the competitor has a sheet already")]
    CompetitorTaken,
    #[error("the answer was not passed, or its score does not count the key point as covered by what was said")]
    NotAnExample,
    #[error("the answer is an example of the key point already")]
    ExampleBefore,
    #[error("the answer is not scored yet")]
    NotScored,
    #[error("there is no such practice")]
    PracticeNotFound,
    #[error("the practice is done")]
    PracticeDone,
    #[error("there is no such conclusion")]
    ConclusionNotFound,
    #[error("there is no such candidate")]
    CandidateNotFound,
    #[error("it was decided before")]
    DecidedBefore,
    #[error("there is no such calibration")]
    CalibrationNotFound,
    #[error(transparent)]
    Refit(#[from] RefitError),
    #[error("there is no sentence encoder: {0}")]
    EncoderMissing(String),
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
            Self::Storage(_) | Self::System(_) => Problem::unavailable(self),
            Self::Invalid(fields) => Problem::invalid(fields.clone()),
            Self::Request(problem) => problem.clone(),
            Self::Refit(error) => refit(error),
            Self::EncoderMissing(_) => encoder_missing(self),
            Self::ConsentMissing => consent_missing(),
            Self::TooLarge(limit) => too_large(*limit),
            Self::OffsetConflict(at) => offset_conflict(*at),
            Self::Refused(refusal) => refusal.problem(),
            Self::Link(fault) => link_fault(*fault),
            Self::Seal(_) | Self::BadEvent { .. } | Self::Corrupt(..) => Problem::internal(self),
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
            Self::TranscriptNotFound => {
                (Kind::NotFound, "transcript_not_found", "该录音没有转写", "the recording has no transcript")
            }
            Self::NotTranscribed => {
                (Kind::Conflict, "not_transcribed", "录音尚未转写完成", "the recording is not written down")
            }
            Self::NotFailed => {
                (Kind::Conflict, "transcript_not_failed", "转写并未失败", "the transcription has not failed")
            }
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
            _ => return self.coaching(),
        };
        Problem::new(kind, code, zh, en)
    }

    /// The same for what coaches keep and decide.
    fn coaching(&self) -> Problem {
        let (kind, code, zh, en) = match self {
            Self::TalkTrackNotFound => {
                (Kind::NotFound, "talk_track_not_found", "话术不存在", "there is no such talk track")
            }
            Self::SheetNotFound => {
                (Kind::NotFound, "comparison_sheet_not_found", "竞品对比表不存在", "there is no such comparison sheet")
            }
            Self::CompetitorTaken => {
                (Kind::Conflict, "competitor_taken", "该竞品已有对比表", "the competitor has a sheet already")
            }
            Self::NotAnExample => (
                Kind::Refused,
                "not_an_example",
                "须为已通过、且该要点已说到的回答",
                "must be an answer that was passed and that says the key point",
            ),
            Self::ExampleBefore => {
                (Kind::Conflict, "example_before", "该回答已是此要点的示例", "the answer is an example of it already")
            }
            Self::NotScored => (Kind::NotFound, "not_scored", "该回答尚未评分", "the answer is not scored yet"),
            Self::PracticeNotFound => {
                (Kind::NotFound, "practice_not_found", "练习任务不存在", "there is no such practice")
            }
            Self::PracticeDone => (Kind::Conflict, "practice_done", "该练习已完成", "the practice is done"),
            Self::ConclusionNotFound => {
                (Kind::NotFound, "conclusion_not_found", "关键结论不存在", "there is no such conclusion")
            }
            Self::CandidateNotFound => {
                (Kind::NotFound, "candidate_not_found", "候选异议不存在", "there is no such candidate")
            }
            Self::DecidedBefore => (Kind::Conflict, "decided_before", "已处理过", "it was decided before"),
            Self::CalibrationNotFound => {
                (Kind::NotFound, "calibration_not_found", "校准版本不存在", "there is no such calibration")
            }
            _ => return Problem::internal(self),
        };
        Problem::new(kind, code, zh, en)
    }
}

fn refit(error: &RefitError) -> Problem {
    let (code, zh) = match error {
        RefitError::TooFew(_) => ("too_few_decisions", "教练评定不足 200 条，无法校准"),
        RefitError::OneSided => ("decisions_one_sided", "所有评定结果相同，无法校准"),
    };
    Problem::new(Kind::Refused, code, zh, error.to_string())
}

fn encoder_missing(error: &AiQaError) -> Problem {
    Problem { code: "encoder_missing", ..Problem::unavailable(error) }
}

fn link_fault(fault: LinkFault) -> Problem {
    let (kind, code, zh, en) = match fault {
        LinkFault::Missing => (
            Kind::Forbidden,
            "content_link_missing",
            "请使用录音详情中的短期链接收听",
            "recordings are read under the short-lived link that the recording is shown with",
        ),
        LinkFault::Wrong => (
            Kind::Forbidden,
            "content_link_wrong",
            "该链接不属于此录音或不属于您",
            "the link is another recording's or another person's",
        ),
        LinkFault::Expired => (
            Kind::Gone,
            "content_link_expired",
            "收听链接已过期，请重新打开录音",
            "the link has expired; open the recording again",
        ),
    };
    Problem::new(kind, code, zh, en)
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
