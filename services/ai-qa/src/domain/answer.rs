//! What an answer is worth: its recording and its typed words together.

use kernel::choices;
use serde::{Deserialize, Serialize};

use super::scoring::{Heard, Reason, Score, Verdict};

choices! {
    /// What the machine makes of an answer.
    Outcome {
        Good = "good",
        /// Below 60 (待辅导): it waits in the coach's queue.
        NeedsCoaching = "needs_coaching",
        /// The machine does not dare to say: somebody has to listen.
        NeedsHuman = "needs_human",
    }
}

/// What an answer is worth, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    pub outcome: Outcome,
    /// Why a human is needed; stable names.
    pub reasons: Vec<String>,
    /// A draft where a human is needed.
    pub score: Option<Score>,
}

impl Judged {
    /// A human is needed before anything can be scored.
    pub fn unscored(reason: &str) -> Self {
        Self { outcome: Outcome::NeedsHuman, reasons: vec![reason.to_owned()], score: None }
    }

    /// 0 to 100; only where it may be acted upon.
    pub fn percent(&self) -> Option<i32> {
        let score = self.score.as_ref().filter(|_| self.outcome != Outcome::NeedsHuman)?;
        Some(i32::from(score.percent))
    }

    /// Where it stands in the coach's queue: low scores, broken promises and wrong numbers first, then what nobody dared
    /// to score.
    pub fn need(&self) -> i32 {
        let harm = self.score.as_ref().map_or(0, |score| score.forbidden.len() + score.contradictions.len());
        let harm = i32::try_from(harm).unwrap_or(i32::MAX).min(9);
        match self.outcome {
            Outcome::NeedsCoaching => 200 + (100 - self.percent().unwrap_or(0)) + 10 * harm,
            Outcome::NeedsHuman => 150 + harm,
            Outcome::Good => 10 * harm,
        }
    }
}

/// Where an answer stands in the queue before it is scored.
pub const UNSCORED_NEED: i32 = 100;

/// Both halves of an answer as one: what was said, then what was typed, whose times are 0.
pub fn together(said: &[Heard], typed: &str) -> Vec<Heard> {
    let first = said.iter().map(|one| one.index + 1).max().unwrap_or(0);
    let typed = Heard::typed(typed).into_iter().map(|one| Heard { index: one.index + first, ..one });
    said.iter().cloned().chain(typed).collect()
}

/// `said` is the verdict on the recording alone, `whole` on recording and text.
pub fn judge(said: &Verdict, whole: Verdict) -> Judged {
    match whole {
        Verdict::NeedsHuman { reasons, score } => {
            Judged { outcome: Outcome::NeedsHuman, reasons: reasons.iter().map(name).collect(), score }
        }
        Verdict::Scored { score } if !score.passes() => {
            Judged { outcome: Outcome::NeedsCoaching, reasons: Vec::new(), score: Some(score) }
        }
        // The words were typed, and something else was said.
        Verdict::Scored { score } if said.score().is_none_or(|said| !said.passes()) => {
            Judged { outcome: Outcome::NeedsHuman, reasons: vec!["text_and_speech_differ".into()], score: Some(score) }
        }
        Verdict::Scored { score } => Judged { outcome: Outcome::Good, reasons: Vec::new(), score: Some(score) },
    }
}

fn name(reason: &Reason) -> String {
    let name = match reason {
        Reason::NothingHeard => "silent",
        Reason::NothingToSay => "nothing_to_say",
        Reason::UnknownSpeaker { .. } => "unknown_speaker",
        Reason::Doubtful { .. } => "doubtful",
        Reason::PoorAudio => "poor_audio",
        Reason::TooClose => "too_close",
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::scoring::Versions;
    use super::*;

    fn scored(percent: u8) -> Verdict {
        let versions = Versions { method: 1, track: 1, library: 1, calibration: 0, encoder: None };
        let score = Score {
            percent,
            raw: f64::from(percent) / 100.0,
            confidence: 0.9,
            covered: Vec::new(),
            missing: Vec::new(),
            forbidden: Vec::new(),
            contradictions: Vec::new(),
            versions,
        };
        Verdict::Scored { score }
    }

    #[test]
    fn what_was_typed_but_not_said_goes_to_a_human() {
        assert_eq!(judge(&scored(80), scored(90)).outcome, Outcome::Good);
        assert_eq!(judge(&scored(20), scored(40)).outcome, Outcome::NeedsCoaching);
        let differ = judge(&scored(20), scored(90));
        assert_eq!((differ.outcome, differ.percent()), (Outcome::NeedsHuman, None));
        let silent = Verdict::NeedsHuman { reasons: vec![Reason::NothingHeard], score: None };
        assert_eq!(judge(&silent, scored(90)).reasons, ["text_and_speech_differ"]);
    }

    #[test]
    fn unsure_is_never_a_flag() {
        let unsure = Verdict::NeedsHuman { reasons: vec![Reason::TooClose], score: scored(10).score().cloned() };
        let judged = judge(&scored(10), unsure);
        assert_eq!(
            (judged.outcome, judged.percent(), judged.reasons.as_slice()),
            (Outcome::NeedsHuman, None, &["too_close".to_owned()][..])
        );
    }

    #[test]
    fn the_lowest_score_needs_a_coach_most() {
        let need = |percent| judge(&scored(percent), scored(percent)).need();
        assert!(need(10) > need(50) && need(50) > Judged::unscored("silent").need());
        assert!(Judged::unscored("silent").need() > UNSCORED_NEED && UNSCORED_NEED > need(90));
    }

    #[test]
    fn typed_sentences_follow_spoken_ones() {
        let said = Heard::typed("一。二。");
        let all = together(&said, "三。");
        assert_eq!(all.iter().map(|one| one.index).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
