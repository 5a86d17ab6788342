//! The rep's part of what was heard, taken apart.

use std::ops::Range;

use super::clause::{Clause, clauses};
use super::heard::{Heard, Speaker};
use super::likeness::Said;

/// A key point may be spread over this many sentences.
pub const WINDOW: usize = 3;

/// One sentence with its clauses.
#[derive(Clone, Debug)]
pub struct Sentence<'a> {
    pub heard: &'a Heard,
    pub clauses: Vec<Clause>,
}

impl Sentence<'_> {
    /// The clauses that are the rep's own words.
    pub fn own(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| !clause.attributed)
    }
}

/// Sentences in their order, and what each run of them says.
#[derive(Clone, Debug, Default)]
pub struct Speech<'a> {
    pub sentences: Vec<Sentence<'a>>,
    windows: Vec<(Range<usize>, Said)>,
}

impl<'a> Speech<'a> {
    /// The sentences of `heard` that `counts` lets in.
    pub fn of(heard: &'a [Heard], counts: impl Fn(&Heard) -> bool) -> Self {
        let counted = heard.iter().filter(|one| counts(one));
        let sentences = counted.map(|heard| Sentence { heard, clauses: clauses(&heard.text) });
        Self::made_of(sentences.filter(|sentence| !sentence.clauses.is_empty()).collect())
    }

    /// The sentences that `which` picks.
    pub fn only(&self, which: impl Fn(&Sentence<'_>) -> bool) -> Self {
        Self::made_of(self.sentences.iter().filter(|one| which(one)).cloned().collect())
    }

    fn made_of(sentences: Vec<Sentence<'a>>) -> Self {
        let count = sentences.len();
        let starts = |length: usize| 0..(count + 1).saturating_sub(length);
        let runs = (1..=WINDOW).flat_map(|length| starts(length).map(move |start| start..start + length));
        let windows = runs.map(|run| (run.clone(), Said::of(sentences[run].iter().flat_map(Sentence::own)))).collect();
        Self { sentences, windows }
    }

    /// Runs of at most `longest` sentences and what they say, shorter ones first.
    pub fn windows(&self, longest: usize) -> impl Iterator<Item = &(Range<usize>, Said)> {
        self.windows.iter().take_while(move |(run, _)| run.len() <= longest)
    }

    /// The rep's own clauses of a window, and for each the sentence it is in.
    pub fn own(&self, window: Range<usize>) -> Vec<(usize, &Clause)> {
        window.flat_map(|at| self.sentences[at].own().map(move |clause| (at, clause))).collect()
    }
}

/// Sentences that are surely or possibly the rep's.
pub fn is_rep(heard: &Heard) -> bool {
    heard.speaker == Speaker::Rep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_runs_of_sentences_and_quotes_are_nobody_s_own() {
        let heard = Heard::typed("您担心漏水，我理解。我们不打孔。二十五年包修。");
        let speech = Speech::of(&heard, is_rep);
        assert_eq!(speech.windows(2).map(|(run, _)| run.clone()).collect::<Vec<_>>(), [0..1, 1..2, 2..3, 0..2, 1..3]);
        let own: Vec<String> = speech.own(0..2).iter().map(|(_, clause)| clause.text()).collect();
        assert_eq!(own, ["我理解", "我们不打孔"]);
    }
}
