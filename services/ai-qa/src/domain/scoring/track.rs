//! What is to be said to an objection.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

kernel::choices! {
    /// What a key point asks of the rep.
    Duty {
        MustSay = "must_say",
        NiceToSay = "nice_to_say",
        MustNotSay = "must_not_say",
    }
}

/// One published version of a talk track (话术).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TalkTrack {
    pub id: Uuid,
    pub version: u32,
    /// The customer's words that it answers.
    pub objection: String,
    pub points: Vec<KeyPoint>,
}

/// One thing to say or not to say; numbers and polarity are read from its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct KeyPoint {
    /// Unique within the track, and kept from version to version.
    pub id: String,
    pub duty: Duty,
    pub text: String,
    /// Other words for the same; the best of them counts.
    #[serde(default)]
    pub paraphrases: Vec<String>,
}

impl KeyPoint {
    /// The text and its paraphrases.
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.paraphrases.iter().map(String::as_str))
    }
}

impl TalkTrack {
    pub fn with_duty(&self, duty: Duty) -> impl Iterator<Item = &KeyPoint> {
        self.points.iter().filter(move |point| point.duty == duty)
    }
}
