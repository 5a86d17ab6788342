//! Key conclusions of a conversation, mined from its sentences and offered for confirmation.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::scoring::Heard;

kernel::choices! {
    /// What a conclusion is about.
    ConclusionKind {
        Need = "need",
        Competitor = "competitor",
        Amount = "amount",
        Date = "date",
        NextStep = "next_step",
    }
}

/// Something the conversation seems to have concluded. Nobody has confirmed it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Conclusion {
    pub kind: ConclusionKind,
    /// The words it was read from.
    pub text: String,
    /// The sentence they are in.
    pub sentence: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    /// Yuan, for an amount.
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// For a date, and for a next step that names one.
    pub date: Option<NaiveDate>,
    /// The competitor's name as it is kept.
    pub competitor: Option<String>,
    /// The sentence was heard badly.
    pub doubtful: bool,
}

/// The conclusions in the order of the sentences. `recorded_on` is the day of the recording at the customer's; relative dates
/// ("下周三") count from it. `competitors` are the names to look for.
pub fn conclusions(_heard: &[Heard], _recorded_on: NaiveDate, _competitors: &[String]) -> Vec<Conclusion> {
    Vec::new()
}
