//! The talk tracks and answers, as files keep them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ai_qa::domain::scoring::labelled::{LabelledAnswer, Set, TrackEntry};
use ai_qa::domain::scoring::{PriceFact, TalkTrack};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

/// Answers by the name of their talk track.
pub type Answers = BTreeMap<String, Vec<LabelledAnswer>>;

pub struct Material {
    pub entries: Vec<TrackEntry>,
    pub facts: Vec<PriceFact>,
    pub development: Answers,
    pub held_out: Answers,
}

impl Material {
    /// Reads everything; the held-out answers must be the ones fixed before the method.
    pub fn read() -> Self {
        let material = Self {
            entries: parsed(&text("library.yaml")),
            facts: parsed(&text("facts.yaml")),
            development: parsed(&text("answers.development.yaml")),
            held_out: parsed(&fixed("answers.held-out.yaml", "answers.held-out.sha256")),
        };
        let sets = [(Set::Development, &material.development), (Set::HeldOut, &material.held_out)];
        for (set, answers) in sets {
            for name in answers.keys() {
                assert_eq!(material.entry(name).set, set, "{name} is of the other set");
            }
        }
        material
    }

    pub fn tracks(&self) -> Vec<TalkTrack> {
        self.entries.iter().map(TrackEntry::talk_track).collect()
    }

    /// Every answer of a set with its talk track.
    pub fn answers<'a>(&'a self, set: &'a Answers) -> impl Iterator<Item = (TalkTrack, &'a LabelledAnswer)> {
        set.iter().flat_map(|(name, answers)| {
            let track = self.entry(name).talk_track();
            answers.iter().map(move |answer| (track.clone(), answer))
        })
    }

    fn entry(&self, name: &str) -> &TrackEntry {
        self.entries.iter().find(|entry| entry.track == name).expect("a track of the library")
    }
}

fn text(name: &str) -> String {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../services/ai-qa/testdata/scoring"));
    fs::read_to_string(folder.join(name)).expect("readable")
}

fn fixed(name: &str, checksum: &str) -> String {
    let content = text(name);
    let digest = hex::encode(Sha256::digest(content.as_bytes()));
    assert!(text(checksum).starts_with(&digest), "{name} is not as it was fixed");
    content
}

fn parsed<T: DeserializeOwned>(yaml: &str) -> T {
    serde_saphyr::from_str(yaml).expect("well formed")
}
