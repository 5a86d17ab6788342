//! From what scoring finds to what coaches mean by it; fitted, versioned, and refitted from their decisions.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub mod isotonic;
pub mod logistic;

pub use isotonic::Isotonic;

/// How many decided answers a refit needs, and how many judged points a refit of the points' curve.
pub const ENOUGH: usize = 200;

/// A fitted calibration. Kept by the service as JSON; the one with the highest version scores new answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// 0 is the one built in.
    pub version: u32,
    /// How many decided answers it was fitted from.
    pub fitted_from: u32,
    /// From the raw value of a key point to the probability that it is covered.
    pub points: Isotonic,
    /// From the raw value of a must-not-say point to the probability that it was said.
    pub forbidden: Isotonic,
    /// From the raw value of an answer in which nothing is wrong to the probability that a coach passes it.
    pub answers: Isotonic,
}

/// What a coach decided about a scored answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// The score's raw value.
    pub raw: f64,
    /// The score found something forbidden or contradictory, which decides whatever is covered.
    pub wrong: bool,
    /// Whether the coach passed it.
    pub passed: bool,
    /// The raw value of each key point the coach ticked or struck out, and whether it was covered.
    #[serde(default)]
    pub points: Vec<(f64, bool)>,
}

/// Why there is no new calibration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefitError {
    #[error("{0} decided answers are fewer than {ENOUGH}")]
    TooFew(usize),
    #[error("every answer was decided alike")]
    OneSided,
}

/// Fitted from the development answers in `testdata/scoring`; a test of scoring fits it again.
static BUILT_IN: LazyLock<Option<Calibration>> =
    LazyLock::new(|| serde_json::from_str(include_str!("built_in.json")).ok());

impl Default for Calibration {
    /// The one built in, version 0.
    fn default() -> Self {
        let line = || Isotonic { knots: vec![(0.0, 0.0), (1.0, 1.0)] };
        let plain = || Self { version: 0, fitted_from: 0, points: line(), forbidden: line(), answers: line() };
        BUILT_IN.clone().unwrap_or_else(plain)
    }
}

impl Calibration {
    /// The next version, fitted from what coaches decided. A curve about which they decided too little stays as it is.
    pub fn refitted(&self, decided: &[Decided]) -> Result<Self, RefitError> {
        if decided.len() < ENOUGH {
            return Err(RefitError::TooFew(decided.len()));
        }
        let answers: Vec<(f64, bool)> =
            decided.iter().filter(|one| !one.wrong).map(|one| (one.raw, one.passed)).collect();
        if answers.iter().all(|(_, passed)| *passed) || answers.iter().all(|(_, passed)| !*passed) {
            return Err(RefitError::OneSided);
        }
        let points: Vec<(f64, bool)> = decided.iter().flat_map(|one| one.points.iter().copied()).collect();
        let points = if points.len() < ENOUGH { self.points.clone() } else { Isotonic::fitted(&points) };
        let fitted_from = u32::try_from(decided.len()).unwrap_or(u32::MAX);
        let answers = Isotonic::fitted(&answers);
        Ok(Self { version: self.version + 1, fitted_from, points, forbidden: self.forbidden.clone(), answers })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Coaches who pass from `mark` on.
    fn strict(mark: f64) -> Vec<Decided> {
        let one = |n: u32| {
            let raw = f64::from(n) / 300.0;
            Decided { raw, wrong: false, passed: raw >= mark, points: Vec::new() }
        };
        (0..300).map(one).collect()
    }

    #[test]
    fn the_scale_follows_the_coaches() {
        let current = Calibration::default();
        let middle = |mark: f64| current.refitted(&strict(mark)).unwrap().answers.reaches(0.5).unwrap();
        assert!((middle(0.4) - 0.4).abs() < 0.05 && (middle(0.8) - 0.8).abs() < 0.05);
        let next = current.refitted(&strict(0.4)).unwrap();
        assert_eq!((next.version, next.fitted_from), (1, 300));
        assert_eq!(next.points, current.points, "nobody judged points");
    }

    #[test]
    fn too_few_and_one_sided_decisions_change_nothing() {
        let current = Calibration::default();
        assert_eq!(current.refitted(&strict(0.4)[..199]), Err(RefitError::TooFew(199)));
        assert_eq!(current.refitted(&strict(2.0)), Err(RefitError::OneSided));
    }

    #[test]
    fn the_built_in_one_is_read() {
        let built_in = Calibration::default();
        assert!(built_in.fitted_from > 0);
        assert!(built_in.points.at(0.99) > 0.9 && built_in.points.at(0.05) < 0.1);
    }

    proptest! {
        #[test]
        fn what_coaches_struck_out_counts_less_afterwards(raw in 0.6..0.95_f64) {
            let points = vec![(raw, false), (0.99, true), (0.01, false)];
            let decided: Vec<_> =
                strict(0.5).into_iter().map(|one| Decided { points: points.clone(), ..one }).collect();
            let next = Calibration::default().refitted(&decided).unwrap();
            prop_assert!(next.points.at(raw) < 0.5 && next.points.at(0.99) > 0.5);
        }
    }
}
