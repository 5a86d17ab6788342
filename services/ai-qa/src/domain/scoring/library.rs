//! How rare words are in the library of talk tracks.

use std::collections::{HashMap, HashSet};

use super::track::TalkTrack;

/// Inverse document frequencies over the key points of a library. Build once per version of the library, use for many answers.
#[derive(Clone, Debug)]
pub struct LibraryStatistics {
    version: u64,
    documents: usize,
    frequencies: HashMap<String, u32>,
}

impl LibraryStatistics {
    /// `version` is the caller's: it changes whenever `tracks` do.
    pub fn of(version: u64, tracks: &[TalkTrack]) -> Self {
        let mut statistics = Self { version, documents: 0, frequencies: HashMap::new() };
        for track in tracks {
            let texts = track.points.iter().map(|point| point.text.as_str());
            texts.chain([track.objection.as_str()]).for_each(|text| statistics.add(text));
        }
        statistics
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    fn add(&mut self, text: &str) {
        self.documents += 1;
        let terms: HashSet<String> = text.chars().map(String::from).collect();
        for term in terms {
            *self.frequencies.entry(term).or_default() += 1;
        }
    }
}
