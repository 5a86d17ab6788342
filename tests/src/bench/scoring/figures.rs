//! Precision, recall, F1 and expected calibration error.

use serde_json::{Value, json};

/// How often a yes was right, wrong, or missed.
#[derive(Clone, Copy, Debug)]
pub struct Outcomes {
    right: f64,
    wrong: f64,
    missed: f64,
    all: usize,
}

impl Outcomes {
    /// Of pairs: what was said, what is so.
    pub fn of(pairs: &[(bool, bool)]) -> Self {
        let count = |said: bool, so: bool| pairs.iter().filter(|pair| **pair == (said, so)).count() as f64;
        Self { right: count(true, true), wrong: count(true, false), missed: count(false, true), all: pairs.len() }
    }

    pub fn f1(self) -> f64 {
        2.0 * self.right / (2.0 * self.right + self.wrong + self.missed).max(1.0)
    }

    pub fn detail(self) -> Value {
        let share = |of: f64| rounded(self.right / of.max(1.0));
        json!({
            "precision": share(self.right + self.wrong), "recall": share(self.right + self.missed), "f1": rounded(self.f1()),
            "cases": self.all,
        })
    }
}

/// The mean distance of probability and share over ten bins of equal width, each weighing its cases.
pub fn calibration_error(cases: &[(f64, bool)]) -> f64 {
    let bin = |probability: f64| ((probability * 10.0) as usize).min(9);
    let distance = |at: usize| {
        let inside: Vec<_> = cases.iter().filter(|(probability, _)| bin(*probability) == at).collect();
        let expected: f64 = inside.iter().map(|(probability, _)| probability).sum();
        let seen = inside.iter().filter(|(_, so)| *so).count() as f64;
        (expected - seen).abs()
    };
    (0..10).map(distance).sum::<f64>() / cases.len().max(1) as f64
}

pub fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
