//! How probable it is that a result is right.

use super::config::Calibration;
use super::search::Found;

/// Features that a calibration weighs.
pub(super) const FEATURES: usize = 6;
/// Without a calibration the certainty of the spikes themselves is all there is.
const UNCALIBRATED: [f64; FEATURES] = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// The calibrated probability that the text is right but for a tenth of its characters.
pub(super) fn confidence(calibration: Option<&Calibration>, logs: &[f32], units: usize, found: &Found) -> f32 {
    let features = features(logs, units, found);
    let sum = |weights: &[f64]| -> f64 { weights.iter().zip(features).map(|(weight, x)| weight * x).sum() };
    match calibration {
        Some(calibration) => (1.0 / (1.0 + (-(calibration.bias + sum(&calibration.weights))).exp())) as f32,
        None => sum(&UNCALIBRATED).exp() as f32,
    }
}

/// Mean log-probability of the spikes, the share of weak ones, how much the search gave up against the likeliest
/// units per character, what the language model says per character, the lead, and the logarithm of the length.
fn features(logs: &[f32], units: usize, found: &Found) -> [f64; FEATURES] {
    let best: Vec<(usize, f64)> = logs.chunks_exact(units).map(best_unit).collect();
    let spikes: Vec<f64> = best.iter().filter(|(unit, _)| *unit != 0).map(|(_, log)| *log).collect();
    if spikes.is_empty() {
        return [-3.0, 1.0, 3.0, -10.0, 0.0, 0.0];
    }
    let count = found.text.chars().count().max(1) as f64;
    let spike_count = spikes.len() as f64;
    let weak = spikes.iter().filter(|log| **log < 0.7f64.ln()).count() as f64;
    let likeliest: f64 = best.iter().map(|(_, log)| log).sum();
    [
        (spikes.iter().sum::<f64>() / spike_count).max(-3.0),
        weak / spike_count,
        ((likeliest - found.acoustic) / count).min(3.0),
        (found.language / count).max(-10.0),
        found.margin.min(3.0),
        count.ln(),
    ]
}

fn best_unit(frame: &[f32]) -> (usize, f64) {
    let better = |best: (usize, f32), (i, log): (usize, &f32)| if *log > best.1 { (i, *log) } else { best };
    let (unit, log) = frame.iter().enumerate().fold((0, f32::NEG_INFINITY), better);
    (unit, f64::from(log))
}
