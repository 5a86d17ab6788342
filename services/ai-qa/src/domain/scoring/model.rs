//! From the evidence for a key point to one number.

use super::super::calibration::logistic::logistic;
use super::evidence::Evidence;
use super::track::Duty;

/// How many features there are, the constant included.
pub const FEATURES: usize = 9;

/// Fitted from the development answers; a test fits them again.
pub const SAID: [f64; FEATURES] = [-2.70, 5.15, 1.58, 0.71, 1.65, -2.08, -2.57, -1.72, -4.52];
pub const FORBIDDEN: [f64; FEATURES] = [-4.32, 2.29, 2.72, 0.64, 0.59, -0.34, -0.50, -0.17, 0.30];

/// The features of a key point: a constant, what was said of it, what was said otherwise.
pub fn features(evidence: &Evidence) -> [f64; FEATURES] {
    let likeness = &evidence.likeness;
    let flag = |yes: bool| f64::from(u8::from(yes));
    let (wanted, found) = (f64::from(evidence.numbers.wanted), f64::from(evidence.numbers.found));
    let share = if wanted > 0.0 { found / wanted } else { 0.0 };
    [
        1.0,
        likeness.recall,
        likeness.literal,
        likeness.recall * share,
        share,
        flag(found < wanted),
        likeness.reversed,
        likeness.denied,
        flag(evidence.numbers.conflict.is_some() || evidence.opposite.is_some()),
    ]
}

/// The raw value of a key point, 0 to 1: rises with how surely it was said. What a calibration starts from.
pub fn raw(duty: Duty, evidence: &Evidence) -> f64 {
    let weights = if duty == Duty::MustNotSay { FORBIDDEN } else { SAID };
    let ours = logistic(features(evidence).iter().zip(weights).map(|(x, w)| x * w).sum());
    // The encoder's share, as far as there is one.
    match evidence.similarity {
        Some(similarity) if duty != Duty::MustNotSay => 0.7_f64.mul_add(ours, 0.3 * similarity.clamp(0.0, 1.0)),
        _ => ours,
    }
}
