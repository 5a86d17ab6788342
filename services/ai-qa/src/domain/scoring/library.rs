//! How rare characters and concepts are in the library of talk tracks.

use std::collections::{HashMap, HashSet};

use super::clause::clauses;
use super::lexicon::Concept;
use super::track::TalkTrack;

/// Inverse document frequencies over the key points and objections of a library. Build once per version of the library, use for
/// many answers.
#[derive(Clone, Debug)]
pub struct LibraryStatistics {
    version: u64,
    documents: u32,
    characters: HashMap<char, u32>,
    concepts: HashMap<Concept, u32>,
}

/// They hold a sentence together and carry little.
const GRAMMAR: &str = "的了在是我您们他她它就都也有能会可以到给和跟把被这那一个不没着过得地而且但又还很太更最让对为与或及等从向由于其所之上下里中来去么什哪每些只再先后要用做好说";

/// What a grammatical character weighs beside a rare one.
const GRAMMAR_WEIGHT: f64 = 0.15;

impl LibraryStatistics {
    /// `version` is the caller's: it changes whenever `tracks` do.
    pub fn of(version: u64, tracks: &[TalkTrack]) -> Self {
        let mut statistics = Self { version, documents: 0, characters: HashMap::new(), concepts: HashMap::new() };
        for track in tracks {
            statistics.add([track.objection.as_str()]);
            track.points.iter().for_each(|point| statistics.add(point.wordings()));
        }
        statistics
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    /// The weight of a character, about 0.1 to 1.
    pub fn character(&self, c: char) -> f64 {
        let rarity = self.rarity(self.characters.get(&c).copied().unwrap_or(0));
        if GRAMMAR.contains(c) { GRAMMAR_WEIGHT } else { rarity }
    }

    /// The weight of a concept, about 0.2 to 1.
    pub fn concept(&self, concept: Concept) -> f64 {
        self.rarity(self.concepts.get(&concept).copied().unwrap_or(0))
    }

    fn rarity(&self, frequency: u32) -> f64 {
        let (documents, frequency) = (f64::from(self.documents) + 1.0, f64::from(frequency) + 1.0);
        ((documents / frequency).ln() / documents.ln()).clamp(0.0, 1.0).mul_add(0.8, 0.2)
    }

    fn add<'a>(&mut self, wordings: impl IntoIterator<Item = &'a str>) {
        self.documents += 1;
        let (mut characters, mut concepts) = (HashSet::new(), HashSet::new());
        for clause in wordings.into_iter().flat_map(clauses) {
            characters.extend(clause.chars.iter().copied());
            concepts.extend(clause.concepts.iter().flatten().copied());
        }
        for c in characters {
            *self.characters.entry(c).or_default() += 1;
        }
        for concept in concepts {
            *self.concepts.entry(concept).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::track::{Duty, KeyPoint};
    use super::*;

    #[test]
    fn what_every_point_says_weighs_less_than_what_one_says() {
        let point =
            |text: &str| KeyPoint { id: text.into(), duty: Duty::MustSay, text: text.into(), paraphrases: vec![] };
        let points = ["质保五年", "质保三年", "质保两年", "送货上门"].map(point).to_vec();
        let track = TalkTrack { id: Uuid::nil(), version: 1, objection: "坏了怎么办".into(), points };
        let statistics = LibraryStatistics::of(7, &[track]);
        assert!(statistics.character('质') < statistics.character('货'));
        assert!(statistics.character('的') < statistics.character('质'));
        assert!(statistics.character('龘') <= 1.0);
    }
}
