//! How far coaches agree, with each other and with the machine, and what a refit learns from them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::agreement::Agreement;
use super::answer::Outcome;
use super::calibration::Decided;
use super::coaching::PointJudgement;
use super::quality::Share;
use super::scoring::Score;

/// What one coach made of one answer, in the order in which they were made.
#[derive(Clone, Debug)]
pub struct Opinion {
    pub review: Uuid,
    pub coach: Uuid,
    pub passed: bool,
    /// What the machine said.
    pub outcome: Option<Outcome>,
    pub score: Option<Score>,
    pub points: Vec<PointJudgement>,
}

/// Agreement of a span of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AgreementReport {
    /// Of every two coaches who judged the same answer: pass or not.
    pub coaches: Agreement,
    /// Of the last coach and the machine, where it scored.
    pub with_machine: Agreement,
    /// Answers flagged by the machine that the last coach passed, of those flagged and judged.
    pub wrong_flags: Share,
    /// Answers found good by the machine that the last coach did not pass, of those found good and judged.
    pub missed: Share,
}

impl AgreementReport {
    pub fn of(opinions: &[Opinion]) -> Self {
        let by_review = by_review(opinions);
        let coaches: Vec<_> = by_review.values().flat_map(|of_one| pairs(of_one)).collect();
        let last: Vec<&Opinion> = by_review.values().filter_map(|of_one| of_one.last().copied()).collect();
        let flagged = |wanted| last.iter().filter(move |one| one.outcome == Some(wanted));
        let share = |wanted, wrong: bool| Share {
            part: count(flagged(wanted).filter(|one| one.passed == wrong).count()),
            of: count(flagged(wanted).count()),
        };
        let machine = last.iter().filter_map(|one| Some((passes(one.outcome?)?, one.passed)));
        Self {
            coaches: Agreement::of(&coaches),
            with_machine: Agreement::of(&machine.collect::<Vec<_>>()),
            wrong_flags: share(Outcome::NeedsCoaching, true),
            missed: share(Outcome::Good, false),
        }
    }
}

/// What a refit learns from: the last judgement of every answer that has a score.
pub fn decided(opinions: &[Opinion]) -> Vec<Decided> {
    by_review(opinions).values().filter_map(|of_one| of_opinion(of_one.last()?)).collect()
}

fn of_opinion(opinion: &Opinion) -> Option<Decided> {
    let score = opinion.score.as_ref()?;
    let covered = score.covered.iter().map(|one| (&one.point, one.raw));
    let raws: BTreeMap<_, _> = covered.chain(score.missing.iter().map(|one| (&one.point, one.raw))).collect();
    let points = opinion.points.iter().filter_map(|one| Some((*raws.get(&one.point)?, one.covered)));
    let wrong = !score.forbidden.is_empty() || !score.contradictions.is_empty();
    Some(Decided { raw: score.raw, wrong, passed: opinion.passed, points: points.collect() })
}

fn by_review(opinions: &[Opinion]) -> BTreeMap<Uuid, Vec<&Opinion>> {
    let mut reviews: BTreeMap<Uuid, Vec<&Opinion>> = BTreeMap::new();
    for opinion in opinions {
        reviews.entry(opinion.review).or_default().push(opinion);
    }
    reviews
}

fn pairs(of_one: &[&Opinion]) -> Vec<(bool, bool)> {
    let following = |at: usize| of_one[at + 1..].iter().map(move |other| (of_one[at].passed, other.passed));
    (0..of_one.len()).flat_map(following).collect()
}

fn passes(outcome: Outcome) -> Option<bool> {
    match outcome {
        Outcome::Good => Some(true),
        Outcome::NeedsCoaching => Some(false),
        Outcome::NeedsHuman => None,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opinion(review: u128, coach: u128, passed: bool, outcome: Option<Outcome>) -> Opinion {
        let (review, coach) = (Uuid::from_u128(review), Uuid::from_u128(coach));
        Opinion { review, coach, passed, outcome, score: None, points: Vec::new() }
    }

    #[test]
    fn coaches_are_compared_with_each_other_and_the_last_one_with_the_machine() {
        let flagged = Some(Outcome::NeedsCoaching);
        let opinions = [
            opinion(1, 1, false, flagged),
            opinion(1, 2, true, flagged),
            opinion(2, 1, false, flagged),
            opinion(3, 1, true, Some(Outcome::Good)),
            opinion(4, 1, true, Some(Outcome::NeedsHuman)),
        ];
        let report = AgreementReport::of(&opinions);
        assert_eq!((report.coaches.judged, report.with_machine.judged), (1, 3));
        assert_eq!(report.wrong_flags, Share { part: 1, of: 2 });
        assert_eq!(report.missed, Share { part: 0, of: 1 });
    }

    #[test]
    fn nothing_is_learnt_from_answers_without_a_score() {
        assert!(decided(&[opinion(1, 1, true, None)]).is_empty());
    }
}
