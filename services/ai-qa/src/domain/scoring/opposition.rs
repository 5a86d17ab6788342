//! Whether a clause says the opposite of a wording about the same thing.

use super::clause::Clause;
use super::lexicon::{Concept, LEXICON};
use super::library::LibraryStatistics;
use super::likeness::{Said, likeness};

/// Words of a clause that mean the opposite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opposite {
    /// The clause, by its place among those compared.
    pub clause: usize,
    pub said: String,
    pub listed: String,
}

/// From this weight of other shared words on, two clauses are about the same thing.
const SAME_THING: f64 = 0.9;

/// The first concept of `wording` whose opposite was said of the same thing, unless it was also said as it should be.
pub fn opposite(wording: &[Clause], said: &[&Clause], library: &LibraryStatistics) -> Option<Opposite> {
    wording.iter().enumerate().find_map(|(nth, clause)| {
        // What "不另外收费" is about stands in the clause before.
        let about = &wording[nth.saturating_sub(1)..=nth];
        (0..clause.chars.len()).find_map(|at| {
            let concept = clause.concepts[at].iter().find(|one| !LEXICON.opposites(**one).is_empty())?;
            let flag = clause.negated[at];
            let others: Vec<usize> =
                (0..said.len()).filter(|n| shared(about, said[*n], *concept, library) >= SAME_THING).collect();
            let right =
                |n: &usize| has(said[*n], &[*concept], flag) || has(said[*n], LEXICON.opposites(*concept), !flag);
            if others.iter().any(right) {
                return None;
            }
            let wrong =
                |n: &&usize| has(said[**n], LEXICON.opposites(*concept), flag) || has(said[**n], &[*concept], !flag);
            let found = *others.iter().find(wrong)?;
            Some(Opposite { clause: found, said: said[found].text(), listed: clause.text() })
        })
    })
}

fn has(clause: &Clause, concepts: &[Concept], negated: bool) -> bool {
    (0..clause.chars.len())
        .any(|at| clause.negated[at] == negated && clause.concepts[at].iter().any(|one| concepts.contains(one)))
}

/// The weight of what both say besides `concept` and its opposites.
fn shared(wording: &[Clause], said: &Clause, concept: Concept, library: &LibraryStatistics) -> f64 {
    let about = |one: &Concept| *one == concept || LEXICON.opposites(concept).contains(one);
    let without = |clause: &Clause| {
        let mut clause = clause.clone();
        for at in 0..clause.chars.len() {
            clause.counts[at] |= clause.concepts[at].iter().any(about);
        }
        clause
    };
    let rest: Vec<Clause> = wording.iter().map(without).collect();
    let one = likeness(&rest, &Said::of([&without(said)]), library);
    one.literal * one.weight
}
