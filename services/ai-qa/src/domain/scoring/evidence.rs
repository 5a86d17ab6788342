//! What speaks for and against a key point having been said.

use std::ops::Range;

use super::clause::{Clause, clauses};
use super::library::LibraryStatistics;
use super::likeness::{Likeness, likeness};
use super::numbers::{Conflict, Numbers, numbers};
use super::opposition::{Opposite, opposite};
use super::semantics::Semantics;
use super::speech::Speech;
use super::track::KeyPoint;

/// Every sentence more in a window has to add this much to be worth it.
const PER_SENTENCE: f64 = 0.03;

/// The best case for a key point.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The sentences, by place in the speech; empty when nothing was said.
    pub window: Range<usize>,
    pub likeness: Likeness,
    pub numbers: Numbers,
    pub opposite: Option<Opposite>,
    /// The wording that comes closest.
    pub wording: String,
    /// The encoder's cosine similarity, if there is an encoder.
    pub similarity: Option<f64>,
}

impl Evidence {
    /// Looks for `point` in windows of at most `longest` sentences.
    pub fn of(point: &KeyPoint, speech: &Speech<'_>, longest: usize, library: &LibraryStatistics) -> Self {
        let mut best = Self::default();
        let mut most = f64::MIN;
        let wordings: Vec<(&str, Vec<Clause>)> = point.wordings().map(|text| (text, clauses(text))).collect();
        for (window, said) in speech.windows(longest) {
            let own: Vec<&Clause> = speech.own(window.clone()).into_iter().map(|(_, clause)| clause).collect();
            for (text, wording) in &wordings {
                let likeness = likeness(wording, said, library);
                if likeness.recall + 0.3 <= most {
                    continue;
                }
                let numbers = numbers(wording, &own, library);
                let worth = worth(&likeness, &numbers) - PER_SENTENCE * window.len() as f64;
                if worth > most {
                    most = worth;
                    let opposite = opposite(wording, &own, library);
                    let (window, wording) = (window.clone(), (*text).to_owned());
                    best = Self { window, likeness, numbers, opposite, wording, similarity: None };
                }
            }
        }
        best
    }

    /// Asks the encoder about the best window.
    pub fn with_similarity(mut self, point: &KeyPoint, speech: &Speech<'_>, semantics: &dyn Semantics) -> Self {
        let own = speech.own(self.window.clone());
        let said = own.iter().map(|(_, clause)| clause.text()).collect::<Vec<_>>().join("，");
        let pairs: Vec<(&str, &str)> = point.wordings().map(|wording| (wording, said.as_str())).collect();
        self.similarity = semantics.similarities(&pairs).into_iter().map(f64::from).reduce(f64::max);
        self
    }

    /// The conflicting number and the sentence it is in.
    pub fn conflict(&self, speech: &Speech<'_>) -> Option<(usize, &Conflict)> {
        let conflict = self.numbers.conflict.as_ref()?;
        Some((self.sentence(speech, conflict.clause)?, conflict))
    }

    /// The opposite that was said and the sentence it is in.
    pub fn opposed(&self, speech: &Speech<'_>) -> Option<(usize, &Opposite)> {
        let opposite = self.opposite.as_ref()?;
        Some((self.sentence(speech, opposite.clause)?, opposite))
    }

    fn sentence(&self, speech: &Speech<'_>, clause: usize) -> Option<usize> {
        speech.own(self.window.clone()).get(clause).map(|(sentence, _)| *sentence)
    }

    /// The same evidence, found in a part of a speech, by its place in the whole.
    pub fn placed_in(mut self, part: &Speech<'_>, whole: &Speech<'_>) -> Self {
        let place = |at: usize| {
            let index = part.sentences.get(at).map(|one| one.heard.index)?;
            whole.sentences.iter().position(|one| one.heard.index == index)
        };
        if let Some(start) = place(self.window.start).filter(|_| !self.window.is_empty()) {
            self.window = start..start + 1;
        }
        self
    }
}

fn worth(likeness: &Likeness, numbers: &Numbers) -> f64 {
    let found = if numbers.wanted == 0 { 0.0 } else { f64::from(numbers.found) / f64::from(numbers.wanted) };
    likeness.recall + 0.25 * found - 0.3 * likeness.reversed
}
