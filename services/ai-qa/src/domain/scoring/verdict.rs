//! What scoring an answer says, and why.

use serde::{Deserialize, Serialize};

use super::PASS_MARK;

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Verdict {
    /// The percentage may be acted upon.
    Scored { score: Score },
    /// Too unsure to flag anybody: a human listens first. `score` is a draft, absent when nothing of the rep was heard.
    NeedsHuman { reasons: Vec<Reason>, score: Option<Score> },
}

impl Verdict {
    pub fn score(&self) -> Option<&Score> {
        match self {
            Self::Scored { score } => Some(score),
            Self::NeedsHuman { score, .. } => score.as_ref(),
        }
    }
}

/// A score and everything it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Score {
    /// The share of the must-say points that coaches would count, 0 to 100, kept on that side of [`PASS_MARK`] where they would put
    /// the answer. At most 40 when something is wrong or forbidden.
    pub percent: u8,
    /// The probability that enough of the must-say points are covered, before calibration. What a calibration is refitted from;
    /// never shown.
    pub raw: f64,
    /// The probability that a coach decides alike about passing, 0.5 to 1.
    pub confidence: f64,
    pub covered: Vec<Covered>,
    pub missing: Vec<Missing>,
    pub forbidden: Vec<Forbidden>,
    pub contradictions: Vec<Contradiction>,
    pub versions: Versions,
}

impl Score {
    pub fn passes(&self) -> bool {
        self.percent >= PASS_MARK
    }
}

/// A key point that was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Covered {
    /// The key point's id.
    pub point: String,
    /// The sentences that carry it, by index.
    pub sentences: Vec<u32>,
    pub start_ms: u32,
    pub end_ms: u32,
    /// The probability that a coach counts it as covered, 0.5 to 1.
    pub probability: f64,
    /// What the probability was calibrated from; never shown.
    pub raw: f64,
}

/// A key point that was not said, or said wrongly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Missing {
    pub point: String,
    pub must_say: bool,
    /// The sentences that come closest, by index; none when nothing does.
    pub nearest: Vec<u32>,
    /// The probability that a coach counts it as covered after all, below 0.5.
    pub probability: f64,
    /// What the probability was calibrated from; never shown.
    pub raw: f64,
}

/// Something said that must not be said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Forbidden {
    pub point: String,
    pub sentence: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    pub probability: f64,
}

/// Said otherwise than it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contradiction {
    pub sentence: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    /// The number or words that were said.
    pub said: String,
    /// What it should have been.
    pub listed: String,
    pub source: Source,
}

/// What a contradiction goes against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Source {
    /// The price list; empty when the number holds for every product.
    PriceList { product: String },
    /// A number of a key point.
    Number { point: String },
    /// A key point was said to be the other way round.
    Polarity { point: String },
}

/// Why a human has to listen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// No sentence is the rep's, or might be.
    NothingHeard,
    /// The track has no point that must be said.
    NothingToSay,
    /// The decision depends on who says these sentences.
    UnknownSpeaker { sentences: Vec<u32> },
    /// The decision depends on these sentences, which were heard badly.
    Doubtful { sentences: Vec<u32> },
    /// More than half of what the rep says was heard badly.
    PoorAudio,
    /// Coaches pass about half of such answers.
    TooClose,
}

/// What a score was computed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Versions {
    pub method: u32,
    pub track: u32,
    pub library: u64,
    pub calibration: u32,
    /// The sentence encoder, if one took part.
    pub encoder: Option<String>,
}
