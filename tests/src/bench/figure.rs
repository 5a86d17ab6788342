//! What a benchmark prints.

use std::time::Duration;

use serde_json::{Value, json};

/// One line of the answer. `limit` and `ratio` are null where there is no limit or peer.
#[expect(clippy::print_stdout, reason = "the benchmark's answer")]
pub fn print(name: &str, ours: f64, limit: Option<f64>, unit: &str, detail: Value) {
    let ratio = limit.map(|limit| rounded(ours / limit));
    let line = json!({
        "name": name, "ours": rounded(ours), "limit": limit.map(rounded), "ratio": ratio, "unit": unit, "detail": detail,
    });
    println!("{line}");
}

fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

pub fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64()
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    percentile(&mut values, 50.0)
}

/// The value below which `percent` of all lie (nearest rank).
pub fn percentile(values: &mut [f64], percent: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (percent / 100.0 * values.len() as f64).ceil() as usize;
    values.get(rank.max(1) - 1).copied().unwrap_or(f64::NAN)
}
