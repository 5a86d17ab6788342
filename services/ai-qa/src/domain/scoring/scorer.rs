//! Scores answers.

use super::{Calibration, Heard, LibraryStatistics, PriceFact, Reason, Semantics, TalkTrack, Verdict};

/// Everything an answer is scored with, besides its talk track.
#[derive(Clone, Copy)]
pub struct Scorer<'a> {
    pub library: &'a LibraryStatistics,
    pub facts: &'a [PriceFact],
    pub semantics: Option<&'a dyn Semantics>,
    pub calibration: &'a Calibration,
}

impl Scorer<'_> {
    /// The verdict on what was heard; the same for the same input.
    pub fn score(&self, heard: &[Heard], _track: &TalkTrack) -> Verdict {
        let _ = (self.library, self.facts, self.semantics, self.calibration, heard);
        Verdict::NeedsHuman { reasons: vec![Reason::NothingHeard], score: None }
    }
}
