//! Whether the numbers of a wording were said, or others in their place.

use super::clause::Clause;
use super::library::LibraryStatistics;
use super::likeness::{Said, likeness};
use super::quantity::{Dimension, Quantity, comparable, same};

/// How the numbers of a wording fare in what was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// How many the wording has.
    pub wanted: u32,
    pub found: u32,
    /// Those found, as they were said.
    pub right: Vec<String>,
    /// Another number was said in its place.
    pub conflict: Option<Conflict>,
}

/// A number said in place of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The clause it was said in, by its place among those compared.
    pub clause: usize,
    pub said: String,
    pub listed: String,
}

/// A number said this much less in place than another may still be the one meant.
const SLACK: f64 = 0.3;
/// From here on a number stands in the wording's number's place.
const IN_PLACE: f64 = 0.45;

/// Compares the numbers of `wording` with those of `said`, each by the words around it.
pub fn numbers(wording: &[Clause], said: &[&Clause], library: &LibraryStatistics) -> Numbers {
    let mut numbers = Numbers::default();
    let all: Vec<Quantity> = wording.iter().flat_map(|clause| clause.quantities.iter().copied()).collect();
    for clause in wording {
        for wanted in &clause.quantities {
            // 一个, 每月: nothing is missing without them, but another in their place is wrong.
            let article =
                wanted.single && wanted.dimension == Dimension::Count || wanted.dimension == Dimension::Period;
            let compared = compare(wanted, &around(clause, wanted), &all, said, library);
            numbers.wanted += u32::from(!article);
            match compared {
                Compared::Found(said) => {
                    numbers.found += u32::from(!article);
                    numbers.right.push(said);
                }
                Compared::Absent => {}
                Compared::Conflict(at, other) => {
                    let text = |clause: &Clause, one: &Quantity| clause.chars[one.start..one.end].iter().collect();
                    let conflict = Conflict { clause: at, said: text(said[at], &other), listed: text(clause, wanted) };
                    numbers.conflict.get_or_insert(conflict);
                }
            }
        }
    }
    numbers
}

enum Compared {
    Found(String),
    Absent,
    Conflict(usize, Quantity),
}

/// The words next to a number, up to the next one: what its place is told by.
fn around(clause: &Clause, wanted: &Quantity) -> Clause {
    let before = clause.quantities.iter().map(|one| one.end).filter(|end| *end <= wanted.start).max().unwrap_or(0);
    let behind = clause.quantities.iter().map(|one| one.start).filter(|start| *start >= wanted.end).min();
    let from = wanted.start.saturating_sub(6).max(before);
    let to = (wanted.end + 5).min(behind.unwrap_or(clause.chars.len()));
    Clause {
        chars: clause.chars[from..to].to_vec(),
        counts: clause.counts[from..to].to_vec(),
        negated: clause.negated[from..to].to_vec(),
        concepts: clause.concepts[from..to].to_vec(),
        ..Clause::default()
    }
}

fn compare(
    wanted: &Quantity,
    around: &Clause,
    all: &[Quantity],
    said: &[&Clause],
    library: &LibraryStatistics,
) -> Compared {
    let mut best: Option<(f64, usize, Quantity)> = None;
    let mut equal: Option<(f64, String)> = None;
    let quantities =
        said.iter().enumerate().flat_map(|(at, clause)| clause.quantities.iter().map(move |one| (at, one)));
    for (at, other) in quantities {
        let place = in_place(around, said[at], library);
        if same(wanted, other) {
            if equal.as_ref().is_none_or(|(before, _)| place > *before) {
                equal = Some((place, said[at].chars[other.start..other.end].iter().collect()));
            }
        } else if comparable(wanted, other)
            && (wanted.single || !is_rate(other, said[at]))
            && !all.iter().any(|one| same(one, other))
            && best.as_ref().is_none_or(|(before, _, _)| place > *before)
        {
            best = Some((place, at, *other));
        }
    }
    match (equal, best) {
        (Some((equal, _)), Some((place, at, other))) if place > equal + SLACK && place >= IN_PLACE => {
            Compared::Conflict(at, other)
        }
        (Some((_, said)), _) => Compared::Found(said),
        (None, Some((place, at, other))) if place >= IN_PLACE => Compared::Conflict(at, other),
        _ => Compared::Absent,
    }
}

/// How far the words around a wanted number are those around a said one, 0 to 1.
fn in_place(around: &Clause, said: &Clause, library: &LibraryStatistics) -> f64 {
    let one = likeness(std::slice::from_ref(around), &Said::of([said]), library);
    if one.weight < 0.3 { 0.5 } else { one.recall }
}

/// "A day", "a year" in front of another number: what that number is per.
fn is_rate(other: &Quantity, clause: &Clause) -> bool {
    let behind: String = clause.chars[other.end..].iter().take(2).collect();
    let bound =
        ["内", "以内", "之内", "后", "以后", "之后", "期", "包", "到"].iter().any(|word| behind.starts_with(word));
    other.single && !bound
}
