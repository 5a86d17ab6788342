//! What was found in transcripts.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::conclusion::ConclusionKind;
use crate::domain::offer::{Candidate, CandidateState, Offer, OfferState};

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
    /// Who recorded it.
    pub rep_id: Uuid,
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
            rep_id: one.owner,
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
