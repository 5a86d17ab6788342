//! How much of a wording a stretch of speech carries, and with which polarity.

use std::collections::HashMap;

use super::clause::Clause;
use super::lexicon::Concept;
use super::library::LibraryStatistics;

/// A character that is there without its neighbours counts less: 保 of 保证 is not that of 保修.
const ALONE: f64 = 0.55;

/// Both polarities in which something occurs.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    affirmed: bool,
    negated: bool,
}

impl Seen {
    fn add(&mut self, negated: bool) {
        if negated { self.negated = true } else { self.affirmed = true }
    }

    fn with(self, negated: bool) -> bool {
        if negated { self.negated } else { self.affirmed }
    }
}

/// What a stretch of speech says, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Said {
    pairs: HashMap<(char, char), Seen>,
    characters: HashMap<char, Seen>,
    concepts: HashMap<Concept, Seen>,
}

impl Said {
    /// Of clauses that are the rep's own words.
    pub fn of<'a>(clauses: impl IntoIterator<Item = &'a Clause>) -> Self {
        let mut said = Self::default();
        for clause in clauses {
            for (at, c) in clause.chars.iter().enumerate().filter(|(at, _)| !clause.counts[*at]) {
                said.characters.entry(*c).or_default().add(clause.negated[at]);
                if at + 1 < clause.chars.len() && !clause.counts[at + 1] {
                    said.pairs.entry((*c, clause.chars[at + 1])).or_default().add(clause.negated[at]);
                }
                for concept in &clause.concepts[at] {
                    said.concepts.entry(*concept).or_default().add(clause.negated[at]);
                }
            }
        }
        said
    }
}

/// How a wording compares with what was said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// Share of the wording's weight that was said, 0 to 1.
    pub recall: f64,
    /// The same, by neighbouring characters only.
    pub literal: f64,
    /// Share of what was said that was said the other way round, 0 to 1.
    pub reversed: f64,
    /// The wording's weight.
    pub weight: f64,
    /// The rarest concept of the wording that was said, but only the other way round: its weight, 0 when there is none.
    pub denied: f64,
}

/// Compares the clauses of a wording with what was said.
pub fn likeness(wording: &[Clause], said: &Said, library: &LibraryStatistics) -> Likeness {
    let (mut weight, mut found, mut literal, mut agrees, mut reversed, mut denied) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for clause in wording {
        for at in (0..clause.chars.len()).filter(|at| !clause.counts[*at]) {
            let w = library.character(clause.chars[at]);
            let (strength, seen) = strength(clause, at, said);
            weight += w;
            found += w * strength;
            literal += w * f64::from(u8::from(in_pair(clause, at, said).is_some()));
            denied = f64::max(denied, self::denied(clause, at, said, library));
            match seen {
                Some(seen) if seen.with(clause.negated[at]) => agrees += w * strength,
                Some(_) => reversed += w * strength,
                None => {}
            }
        }
    }
    let share = |part: f64, of: f64| if of > 0.0 { part / of } else { 0.0 };
    Likeness {
        recall: share(found, weight),
        literal: share(literal, weight),
        reversed: share(reversed, agrees + reversed),
        weight,
        denied,
    }
}

/// The weight of the concepts at `at` that were said, none of them as the wording says them.
fn denied(clause: &Clause, at: usize, said: &Said, library: &LibraryStatistics) -> f64 {
    let seen =
        || clause.concepts[at].iter().filter_map(|concept| said.concepts.get(concept).map(|seen| (concept, seen)));
    if seen().any(|(_, seen)| seen.with(clause.negated[at])) {
        return 0.0;
    }
    seen().map(|(concept, _)| library.concept(*concept)).fold(0.0, f64::max)
}

/// How surely the character at `at` was said, and in which polarities.
fn strength(clause: &Clause, at: usize, said: &Said) -> (f64, Option<Seen>) {
    let concept = clause.concepts[at].iter().find_map(|concept| said.concepts.get(concept));
    if let Some(seen) = concept {
        return (1.0, Some(*seen));
    }
    if let Some(seen) = in_pair(clause, at, said) {
        return (1.0, Some(seen));
    }
    match said.characters.get(&clause.chars[at]) {
        Some(seen) => (ALONE, Some(*seen)),
        None => (0.0, None),
    }
}

/// The character together with a neighbour.
fn in_pair(clause: &Clause, at: usize, said: &Said) -> Option<Seen> {
    let pair = |first: usize| {
        let (a, b) = (clause.chars.get(first)?, clause.chars.get(first + 1)?);
        said.pairs.get(&(*a, *b)).copied()
    };
    let behind = pair(at);
    behind.or_else(|| at.checked_sub(1).and_then(pair))
}
