//! Scores answers.

use super::assessment::Assessment;
use super::heard::{Heard, Speaker};
use super::speech::{Speech, is_rep};
use super::track::{Duty, TalkTrack};
use super::verdict::{Reason, Verdict, Versions};
use super::{Calibration, LibraryStatistics, METHOD, PriceFact, Semantics};

/// Everything an answer is scored with, besides its talk track.
#[derive(Clone, Copy)]
pub struct Scorer<'a> {
    pub library: &'a LibraryStatistics,
    pub facts: &'a [PriceFact],
    pub semantics: Option<&'a dyn Semantics>,
    pub calibration: &'a Calibration,
}

/// Coaches' probabilities of passing that are as good as a coin's.
const TOO_CLOSE: std::ops::Range<f64> = 0.4..0.6;

impl Scorer<'_> {
    /// The verdict on what was heard; the same for the same input.
    pub fn score(&self, heard: &[Heard], track: &TalkTrack) -> Verdict {
        if track.with_duty(Duty::MustSay).next().is_none() {
            return Verdict::NeedsHuman { reasons: vec![Reason::NothingToSay], score: None };
        }
        let speech = Speech::of(heard, |one| one.speaker != Speaker::Customer);
        if speech.sentences.is_empty() {
            return Verdict::NeedsHuman { reasons: vec![Reason::NothingHeard], score: None };
        }
        let assessment = Assessment::of(&speech, track, self);
        let reasons = self.doubts(heard, track, &assessment);
        let score = assessment.score(&speech, self, self.versions(track));
        if reasons.is_empty() { Verdict::Scored { score } } else { Verdict::NeedsHuman { reasons, score: Some(score) } }
    }

    /// A decision stands only when it stays the same without what is doubtful.
    fn doubts(&self, heard: &[Heard], track: &TalkTrack, assessment: &Assessment) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let passes = assessment.passes(self.calibration);
        let differs = |counts: &dyn Fn(&Heard) -> bool| {
            let rest = Speech::of(heard, counts);
            Assessment::of(&rest, track, self).passes(self.calibration) != passes
        };
        let unknown = places(heard, |one| one.speaker == Speaker::Unknown);
        let nobody_known = !heard.iter().any(is_rep);
        if !unknown.is_empty() && (nobody_known || differs(&is_rep)) {
            reasons.push(Reason::UnknownSpeaker { sentences: unknown });
        }
        let doubtful = places(heard, |one| one.speaker != Speaker::Customer && one.doubtful);
        if !doubtful.is_empty() && differs(&|one| one.speaker != Speaker::Customer && !one.doubtful) {
            reasons.push(Reason::Doubtful { sentences: doubtful });
        }
        if poor(heard) {
            reasons.push(Reason::PoorAudio);
        }
        if reasons.is_empty() && !assessment.is_wrong() && TOO_CLOSE.contains(&assessment.passing(self.calibration)) {
            reasons.push(Reason::TooClose);
        }
        reasons
    }

    fn versions(&self, track: &TalkTrack) -> Versions {
        Versions {
            method: METHOD,
            track: track.version,
            library: self.library.version(),
            calibration: self.calibration.version,
            encoder: self.semantics.map(|semantics| semantics.version().to_owned()),
        }
    }
}

fn places(heard: &[Heard], which: impl Fn(&Heard) -> bool) -> Vec<u32> {
    heard.iter().filter(|one| which(one)).map(|one| one.index).collect()
}

/// More than half of what may be the rep's was heard badly, by length.
fn poor(heard: &[Heard]) -> bool {
    let length = |which: &dyn Fn(&Heard) -> bool| -> usize {
        heard
            .iter()
            .filter(|one| one.speaker != Speaker::Customer && which(one))
            .map(|one| one.text.chars().count())
            .sum()
    };
    2 * length(&|one| one.doubtful) > length(&|_| true)
}
