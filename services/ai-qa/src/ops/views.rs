//! What clients are shown.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::answer::Outcome;
use crate::domain::coaching::{Practice, PracticeState};
use crate::domain::comparison_sheet::ComparisonSheet;
use crate::domain::conclusion::ConclusionKind;
use crate::domain::media::Media;
use crate::domain::offer::{Candidate, CandidateState, Offer, OfferState};
use crate::domain::recording::{Recording, RecordingState, Refusal};
use crate::domain::review::{Decision, Review, ReviewState};
use crate::domain::scoring::{Contradiction, Covered, Forbidden, Missing};
use crate::domain::talk_track::{Track, TrackWords};
use crate::domain::transcript::{Sentence, Transcript, TranscriptState};
use crate::store::scores::KeptScore;
use crate::store::talk_tracks::TrackVersion;
use crate::store::transcripts::Queue;

/// A recording without its content.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RecordingView {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub org: String,
    pub visit_id: Option<Uuid>,
    pub state: RecordingState,
    /// As the content shows it, once it is stored.
    pub media_type: Option<Media>,
    pub bytes: i64,
    /// How much has arrived: the next `PATCH` starts here.
    pub received: i64,
    /// Lower-case hex, once it is stored.
    pub sha256: Option<String>,
    /// Playing time, where the format tells it.
    pub seconds: Option<f64>,
    pub refusal: Option<Refusal>,
    /// When the uploader confirmed that everybody recorded has agreed.
    pub consent_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub stored_at: Option<DateTime<Utc>>,
    /// When the content will be deleted.
    pub keep_until: Option<DateTime<Utc>>,
    /// Where the content is sent to, and read from once it is stored.
    pub upload_url: String,
}

impl From<Recording> for RecordingView {
    fn from(recording: Recording) -> Self {
        Self {
            id: recording.id,
            owner_id: recording.owner,
            org: recording.org.into(),
            visit_id: recording.visit,
            state: recording.state,
            media_type: recording.media,
            bytes: recording.length,
            received: recording.received,
            sha256: recording.sha256,
            seconds: recording.seconds,
            refusal: recording.refusal,
            consent_at: recording.consent_at,
            created_at: recording.created_at,
            stored_at: recording.stored_at,
            keep_until: recording.keep_until,
            upload_url: format!("/api/recordings/{}/content", recording.id),
        }
    }
}

/// What was heard in a recording.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TranscriptView {
    pub id: Uuid,
    pub recording_id: Uuid,
    pub visit_id: Option<Uuid>,
    pub state: TranscriptState,
    /// Whole percent that is written down; 100 only when all is.
    pub percent: u32,
    /// Why it failed: a stable code.
    pub reason: Option<String>,
    pub sentences: Vec<Sentence>,
    /// How many sentences are not to be relied upon without a human.
    pub doubtful: i32,
    /// The recording ends before it should: what is missing was not heard.
    pub truncated: bool,
    /// The recording has no sound at all.
    pub silent: bool,
    /// Name and version of the model.
    pub model: Option<String>,
    /// Of the sentences, lower-case hex; stays when the words are deleted.
    pub sha256: Option<String>,
    pub queued_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

impl TranscriptView {
    pub fn of(transcript: Transcript, sentences: Vec<Sentence>) -> Self {
        Self {
            id: transcript.id,
            recording_id: transcript.recording,
            visit_id: transcript.visit,
            state: transcript.state,
            percent: transcript.percent(),
            reason: transcript.reason,
            sentences,
            doubtful: transcript.doubtful,
            truncated: transcript.truncated,
            silent: transcript.peak.is_some_and(|peak| peak <= 0.0),
            model: transcript.model,
            sha256: transcript.sha256,
            queued_at: transcript.queued_at,
            ended_at: transcript.ended_at,
        }
    }
}

/// Whether recordings are written down, and how many wait.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct QueueView {
    /// Name and version of the model; absent when there is none, and then recordings wait.
    pub model: Option<String>,
    /// Why there is no model.
    pub missing: Option<String>,
    pub waiting: i64,
    pub working: i64,
}

impl QueueView {
    pub fn of(model: Result<String, String>, queue: &Queue) -> Self {
        let (model, missing) = match model {
            Ok(model) => (Some(model), None),
            Err(why) => (None, Some(why)),
        };
        Self { model, missing, waiting: queue.waiting, working: queue.working }
    }
}

/// A drawn objection and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReviewView {
    pub id: Uuid,
    pub rep_id: Uuid,
    pub org: String,
    pub visit_id: Uuid,
    pub customer_id: Uuid,
    pub objection_id: Uuid,
    /// The objection's words when it was drawn.
    pub objection: String,
    pub state: ReviewState,
    pub answer: Option<String>,
    pub recording_id: Option<Uuid>,
    pub coach_id: Option<Uuid>,
    pub decision: Option<Decision>,
    pub comment: Option<String>,
    /// What the machine makes of the answer; absent before it is scored.
    pub outcome: Option<Outcome>,
    /// 0 to 100: the coach's where there is one, the machine's otherwise; absent where a human is needed.
    pub percent: Option<i32>,
    /// Whether the objection was out of the way afterwards, where the coach knows.
    pub resolved: Option<bool>,
    pub drawn_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<Review> for ReviewView {
    fn from(review: Review) -> Self {
        Self {
            id: review.id,
            rep_id: review.rep,
            org: review.org.into(),
            visit_id: review.visit,
            customer_id: review.customer,
            objection_id: review.objection,
            objection: review.objection_text,
            state: review.state,
            answer: review.answer,
            recording_id: review.recording,
            coach_id: review.coach,
            decision: review.decision,
            comment: review.comment,
            outcome: review.outcome,
            percent: review.percent,
            resolved: review.resolved,
            drawn_at: review.drawn_at,
            answered_at: review.answered_at,
            decided_at: review.decided_at,
        }
    }
}

/// The newest score of an answer and everything it rests on.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ScoreView {
    pub outcome: Outcome,
    /// 0 to 100, on the coaches' scale: 60 passes. Absent where a human is needed.
    pub percent: Option<i32>,
    /// Why a human is needed: stable names.
    pub reasons: Vec<String>,
    /// The probability that a coach decides alike, 0.5 to 1.
    pub confidence: Option<f64>,
    /// Sentences are numbers of the recording's transcript; higher ones are sentences of the typed answer.
    pub covered: Vec<CoveredView>,
    pub missing: Vec<MissingView>,
    /// Promises that must not be made.
    pub forbidden: Vec<Forbidden>,
    /// Numbers and statements that are otherwise.
    pub contradictions: Vec<Contradiction>,
    pub talk_track_id: Option<Uuid>,
    /// Of the track's words.
    pub talk_track_version: Option<i32>,
    pub calibration_version: i32,
    /// What wrote the recording down.
    pub model: Option<String>,
    pub scored_at: DateTime<Utc>,
}

/// A key point that was said.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CoveredView {
    /// The key point's id.
    pub point: String,
    pub sentences: Vec<u32>,
    pub start_ms: u32,
    pub end_ms: u32,
    /// The probability that a coach counts it as covered.
    pub probability: f64,
}

/// A key point that was not said, or said wrongly.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MissingView {
    pub point: String,
    pub must_say: bool,
    /// The sentences that come closest.
    pub nearest: Vec<u32>,
    /// The probability that a coach counts it as covered after all.
    pub probability: f64,
}

impl From<Covered> for CoveredView {
    fn from(one: Covered) -> Self {
        let Covered { point, sentences, start_ms, end_ms, probability, .. } = one;
        Self { point, sentences, start_ms, end_ms, probability }
    }
}

impl From<Missing> for MissingView {
    fn from(one: Missing) -> Self {
        let Missing { point, must_say, nearest, probability, .. } = one;
        Self { point, must_say, nearest, probability }
    }
}

impl From<KeptScore> for ScoreView {
    fn from(scored: KeptScore) -> Self {
        let (percent, score) = (scored.judged.percent(), scored.judged.score);
        let confidence = score.as_ref().map(|score| score.confidence);
        let (covered, missing, forbidden, contradictions) = score
            .map(|score| (score.covered, score.missing, score.forbidden, score.contradictions))
            .unwrap_or_default();
        Self {
            outcome: scored.judged.outcome,
            percent,
            reasons: scored.judged.reasons,
            confidence,
            covered: covered.into_iter().map(CoveredView::from).collect(),
            missing: missing.into_iter().map(MissingView::from).collect(),
            forbidden,
            contradictions,
            talk_track_id: scored.talk_track.map(|(track, _)| track),
            talk_track_version: scored.talk_track.map(|(_, version)| version),
            calibration_version: scored.calibration,
            model: scored.model,
            scored_at: scored.scored_at,
        }
    }
}

/// One version of a talk track's words.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TrackVersionView {
    pub version: i32,
    #[serde(flatten)]
    pub words: TrackWords,
    pub written_by: Uuid,
    pub written_at: DateTime<Utc>,
}

impl From<TrackVersion> for TrackVersionView {
    fn from(one: TrackVersion) -> Self {
        Self { version: one.version, words: one.words, written_by: one.written_by, written_at: one.written_at }
    }
}

/// What to say: the best matches first, at most three; nothing when nothing in the library fits.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestionView {
    pub talk_tracks: Vec<SuggestedTrack>,
    /// Only for a competitor that has one.
    pub comparison_sheet: Option<ComparisonSheet>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestedTrack {
    #[serde(flatten)]
    pub track: Track,
    /// At least two thirds as relevant as the best of this answer.
    pub strong: bool,
}

/// Something a rep is to say again, better.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PracticeView {
    pub id: Uuid,
    pub rep_id: Uuid,
    pub review_id: Uuid,
    pub talk_track_id: Option<Uuid>,
    pub note: Option<String>,
    /// The last day.
    pub due: NaiveDate,
    pub state: PracticeState,
    pub recording_id: Option<Uuid>,
    pub assigned_by: Uuid,
    pub assigned_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
}

impl From<Practice> for PracticeView {
    fn from(one: Practice) -> Self {
        Self {
            id: one.id,
            rep_id: one.rep,
            review_id: one.review,
            talk_track_id: one.talk_track,
            note: one.note,
            due: one.due,
            state: one.state,
            recording_id: one.recording,
            assigned_by: one.assigned_by,
            assigned_at: one.assigned_at,
            done_at: one.done_at,
        }
    }
}

/// Something that a recording seems to have concluded.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ConclusionView {
    pub id: Uuid,
    pub recording_id: Uuid,
    pub visit_id: Option<Uuid>,
    pub owner_id: Uuid,
    pub kind: ConclusionKind,
    pub state: OfferState,
    /// The words it was read from; absent once they are deleted.
    pub text: Option<String>,
    pub start_ms: i64,
    pub end_ms: i64,
    /// Fen.
    pub amount_minor: Option<i64>,
    pub date: Option<NaiveDate>,
    pub competitor: Option<String>,
    /// It was heard badly: listen before you confirm.
    pub doubtful: bool,
    pub offered_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<Offer> for ConclusionView {
    fn from(one: Offer) -> Self {
        Self {
            id: one.id,
            recording_id: one.recording,
            visit_id: one.visit,
            owner_id: one.owner,
            kind: one.kind,
            state: one.state,
            text: one.text,
            start_ms: one.start_ms,
            end_ms: one.end_ms,
            amount_minor: one.amount_minor,
            date: one.date,
            competitor: one.competitor,
            doubtful: one.doubtful,
            offered_at: one.offered_at,
            decided_at: one.decided_at,
        }
    }
}

/// An objection that was heard in a recording.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CandidateView {
    pub id: Uuid,
    pub recording_id: Uuid,
    pub visit_id: Option<Uuid>,
    pub state: CandidateState,
    /// Absent once the recording's content is deleted.
    pub text: Option<String>,
    pub start_ms: i64,
    pub end_ms: i64,
    /// The track that answers one like it already.
    pub talk_track_id: Option<Uuid>,
    /// What it became in the library.
    pub objection_id: Option<Uuid>,
    pub mined_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl From<Candidate> for CandidateView {
    fn from(one: Candidate) -> Self {
        Self {
            id: one.id,
            recording_id: one.recording,
            visit_id: one.visit,
            state: one.state,
            text: one.text,
            start_ms: one.start_ms,
            end_ms: one.end_ms,
            talk_track_id: one.talk_track,
            objection_id: one.objection,
            mined_at: one.mined_at,
            decided_at: one.decided_at,
        }
    }
}
