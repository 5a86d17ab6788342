//! That both sides compute the same, and what 8 bits cost.

use embedding::{Precision, Role};
use serde::Deserialize;
use serde_json::json;

use super::peer::Peer;
use super::{PRECISIONS, load, round};
use crate::figure;

/// What `libs/embedding/testdata/make.py` wrote down of `transformers` on the same checkpoint.
const EXPECTED: &str = "libs/embedding/testdata/minilm.json";
/// Of values of vectors of length 1.
const MOST: f64 = 1e-4;

#[derive(Deserialize)]
struct Expected {
    texts: Vec<String>,
    passage: Vec<Vec<f32>>,
}

pub fn run(texts: &[&str], peer: &mut Peer) {
    let expected = std::fs::read(EXPECTED).expect("in the repository's root");
    let expected: Expected = serde_json::from_slice(&expected).expect("JSON");
    let known: Vec<&str> = expected.texts.iter().map(String::as_str).collect();
    let found = load(Precision::Exact, 1).encode(&known, Role::Passage).expect("texts");
    difference("embed-parity-transformers", &found, &expected.passage);

    let [exact, int8] = PRECISIONS.map(|(_, precision)| round(&load(precision, 1), texts, 32).vectors);
    let [peer_exact, peer_int8] = PRECISIONS.map(|(name, _)| peer.round(name, 32, 1).vectors);
    difference("embed-parity-onnxruntime", &exact, &peer_exact);
    let (ours, theirs) = (cosines(&int8, &exact), cosines(&peer_int8, &peer_exact));
    let detail = json!({
        "what": "lowest cosine of int8 to f32, beside onnxruntime's dynamic int8", "texts": texts.len(),
        "mean": mean(&ours), "mean_of_peer": mean(&theirs),
    });
    figure::print("embed-int8-cosine", lowest(&ours), Some(lowest(&theirs)), "cosine", detail);
}

fn difference(name: &str, found: &[Vec<f32>], wanted: &[Vec<f32>]) {
    let pairs = found.iter().zip(wanted).flat_map(|(a, b)| a.iter().zip(b));
    let largest = pairs.map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max);
    let detail = json!({ "what": "largest difference of a value in f32; less is better", "texts": found.len() });
    figure::print(name, largest * 1e6, Some(MOST * 1e6), "millionths", detail);
}

fn cosines(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<f64> {
    let dot = |(a, b): (&Vec<f32>, &Vec<f32>)| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum();
    a.iter().zip(b).map(dot).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(1.0, f64::min)
}
