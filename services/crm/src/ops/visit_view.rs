//! A visit as clients see it.

use chrono::{DateTime, Utc};
use custom_fields::Values;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::suggestion_view::Suggestions;
use crate::domain::conclusion::Conclusion;
use crate::domain::decision_chain::DecisionRole;
use crate::domain::draft::Draft;
use crate::domain::visit::Visit;
use kernel::Text;

/// A visit in a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct VisitView {
    pub id: Uuid,
    pub customer_id: Uuid,
    pub opportunity_id: Option<Uuid>,
    pub client_id: Option<String>,
    pub rep_id: Uuid,
    pub org: String,
    pub decision_chain: Vec<DecisionRole>,
    pub note: Option<String>,
    pub recording_id: Option<String>,
    /// What has become of the recording, if there is one.
    pub draft: Option<Draft>,
    pub pain: Option<String>,
    pub competitor: Option<String>,
    pub next_step: String,
    pub next_step_at: DateTime<Utc>,
    pub visited_at: DateTime<Utc>,
    pub custom: Values,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// A visit as it was just written, with what helps now.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct VisitAnswer {
    #[serde(flatten)]
    pub visit: VisitView,
    /// Only where a pain point or a competitor was entered.
    pub suggestions: Option<Suggestions>,
}

/// A visit with what was heard on it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct VisitDetail {
    #[serde(flatten)]
    pub visit: VisitView,
    /// Until the summary is confirmed; missing where there is no recording.
    pub voice_note: Option<VoiceNoteView>,
    /// What was heard and confirmed.
    pub conclusions: Vec<Conclusion>,
}

/// What was heard on a recording, offered as the summary.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct VoiceNoteView {
    /// The summary to confirm or to edit; for those who may hear the recording.
    pub summary: Option<String>,
    /// The recording says more than fits a summary.
    pub cut: bool,
    pub sentences: Vec<SentenceView>,
    pub notice: Option<Text>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SentenceView {
    pub start_ms: u64,
    pub end_ms: u64,
    pub text: String,
    /// Heard badly.
    pub doubtful: bool,
}

impl From<Visit> for VisitView {
    fn from(visit: Visit) -> Self {
        Self {
            id: visit.id,
            customer_id: visit.customer,
            opportunity_id: visit.opportunity,
            client_id: visit.client_id,
            rep_id: visit.rep,
            org: visit.org.into(),
            decision_chain: visit.decision_chain,
            note: visit.note,
            recording_id: visit.recording_id,
            draft: visit.draft,
            pain: visit.pain,
            competitor: visit.competitor,
            next_step: visit.next_step,
            next_step_at: visit.next_step_at,
            visited_at: visit.visited_at,
            custom: visit.custom,
            version: visit.version,
            created_at: visit.created_at,
        }
    }
}
