//! What was heard on a visit and its rep has confirmed.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Money, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

choices! {
    /// What a conclusion is about.
    ConclusionKind {
        Need = "need",
        Competitor = "competitor",
        Amount = "amount",
        Date = "date",
        NextStep = "next_step",
    }
}

/// One confirmed conclusion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Conclusion {
    pub id: Uuid,
    pub kind: ConclusionKind,
    /// In the rep's words.
    pub text: String,
    /// Of an amount.
    pub amount: Option<Money>,
    /// Of a date, and of a next step that names one.
    pub date: Option<NaiveDate>,
    pub confirmed_at: DateTime<Utc>,
}

/// Where a conclusion was heard.
#[derive(Clone, Debug)]
pub struct HeardIn {
    pub recording: String,
    /// Whose recording it is.
    pub owner: Uuid,
    /// The visit, where ai-qa knows it; otherwise the one that names the recording.
    pub visit: Option<Uuid>,
}
