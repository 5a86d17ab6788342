//! From what scoring finds to what coaches mean by it; fitted, versioned, and refitted from their decisions.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub mod isotonic;
pub mod logistic;

pub use isotonic::Isotonic;

/// How many decided answers a refit needs.
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
    /// From the raw share of an answer to the probability that a coach passes it.
    pub answers: Isotonic,
}

/// What a coach decided about a scored answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// The score's raw share.
    pub raw: f64,
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
    /// The next version, fitted from what coaches decided.
    pub fn refitted(&self, decided: &[Decided]) -> Result<Self, RefitError> {
        if decided.len() < ENOUGH {
            return Err(RefitError::TooFew(decided.len()));
        }
        if decided.iter().all(|one| one.passed) || decided.iter().all(|one| !one.passed) {
            return Err(RefitError::OneSided);
        }
        Ok(Self { version: self.version + 1, ..self.clone() })
    }
}
