//! A review with its score, and practice after it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::answer::Outcome;
use crate::domain::coaching::{Practice, PracticeState};
use crate::domain::review::{Decision, Review, ReviewState};
use crate::domain::scoring::{Contradiction, Covered, Forbidden, Missing};
use crate::store::scores::KeptScore;

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
