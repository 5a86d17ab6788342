//! Talk tracks and answers with a coach's judgement, as files keep them: a library to start with, and what scoring is measured on.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use super::heard::{Heard, Speaker, sentences};
use super::track::{Duty, KeyPoint, TalkTrack};

/// Which answers a talk track's belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Set {
    Development,
    HeldOut,
}

/// A talk track in a file. Each point has its wordings, the first of which is its text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackEntry {
    pub track: String,
    pub set: Set,
    pub industry: String,
    pub objection: String,
    pub must: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub nice: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub never: BTreeMap<String, Vec<String>>,
}

impl TrackEntry {
    /// The talk track; its id follows from its name.
    pub fn talk_track(&self) -> TalkTrack {
        let duties = [(Duty::MustSay, &self.must), (Duty::NiceToSay, &self.nice), (Duty::MustNotSay, &self.never)];
        let points = duties.into_iter().flat_map(|(duty, points)| {
            points.iter().map(move |(id, wordings)| KeyPoint {
                id: id.clone(),
                duty,
                text: wordings.first().cloned().unwrap_or_default(),
                paraphrases: wordings.iter().skip(1).cloned().collect(),
            })
        });
        let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, self.track.as_bytes());
        TalkTrack { id, version: 1, objection: self.objection.clone(), points: points.collect() }
    }
}

/// What an answer is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerKind {
    Good,
    Partial,
    OffTopic,
    Negated,
    Contradicted,
    Memorised,
}

/// An answer and what a coach makes of it. A file maps the names of talk tracks to their answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelledAnswer {
    pub kind: AnswerKind,
    /// Turns parted by " | ".
    pub says: String,
    /// Ids of the points that are covered, parted by blanks.
    pub covers: String,
    /// Ids of the points said that must not be, parted by blanks.
    #[serde(default)]
    pub forbidden: String,
    /// Words that are wrong.
    #[serde(default)]
    pub wrong: Vec<String>,
    pub passes: bool,
}

impl LabelledAnswer {
    /// As a recording would be heard: a sentence every five seconds.
    pub fn heard(&self) -> Vec<Heard> {
        let turns = self.says.split(" | ").map(|turn| match turn.strip_prefix("客：") {
            Some(words) => (Speaker::Customer, words),
            None => (Speaker::Rep, turn),
        });
        let said = turns.flat_map(|(speaker, words)| sentences(words).map(move |text| (speaker, text)));
        said.zip(0_u32..)
            .map(|((speaker, text), index)| Heard {
                index,
                start_ms: index * 5_000,
                end_ms: index * 5_000 + 4_500,
                speaker,
                text: text.to_owned(),
                confidence: 1.0,
                doubtful: false,
            })
            .collect()
    }

    pub fn covers(&self, point: &str) -> bool {
        self.covers.split_whitespace().any(|id| id == point)
    }

    pub fn says_forbidden(&self, point: &str) -> bool {
        self.forbidden.split_whitespace().any(|id| id == point)
    }
}
