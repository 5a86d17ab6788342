//! The same vectors as `transformers`; `testdata/make.py` writes the checkpoints and what it makes of them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use embedding::{Compute, Cpu, Precision, Role, SentenceEncoder};
use serde::Deserialize;

const NAMES: [&str; 2] = ["bert", "xlm-roberta"];

#[derive(Deserialize)]
struct Expected {
    texts: Vec<String>,
    query: Vec<Vec<f32>>,
    passage: Vec<Vec<f32>>,
}

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

fn expected(name: &str) -> Expected {
    serde_json::from_slice(&std::fs::read(testdata(name).join("expected.json")).unwrap()).unwrap()
}

fn encoder(name: &str, cpu: Cpu, precision: Precision, threads: usize) -> SentenceEncoder {
    SentenceEncoder::load(&testdata(name), Compute::new(cpu, precision, threads).unwrap()).unwrap()
}

fn largest_difference(a: &[Vec<f32>], b: &[Vec<f32>]) -> f32 {
    assert_eq!(a.len(), b.len());
    let pairs = a.iter().zip(b).flat_map(|(a, b)| {
        assert_eq!(a.len(), b.len());
        a.iter().zip(b)
    });
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn queries_and_passages_are_the_same_as_in_transformers() {
    for name in NAMES {
        let Expected { texts, query, passage } = expected(name);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for (cpu, threads) in Cpu::all().flat_map(|cpu| [(cpu, 1), (cpu, 2)]) {
            let encoder = encoder(name, cpu, Precision::Exact, threads);
            for (role, want) in [(Role::Query, &query), (Role::Passage, &passage)] {
                let difference = largest_difference(&encoder.encode(&texts, role).unwrap(), want);
                assert!(difference < 1e-4, "{name}, {role:?} on {}: {difference}", cpu.path());
            }
        }
    }
}

#[test]
fn eight_bits_are_nearly_the_same() {
    for name in NAMES {
        let Expected { texts, passage, .. } = expected(name);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for cpu in Cpu::all() {
            let found = encoder(name, cpu, Precision::Int8, 1).encode(&texts, Role::Passage).unwrap();
            for (found, want) in found.iter().zip(&passage) {
                let cosine: f32 = found.iter().zip(want).map(|(a, b)| a * b).sum();
                assert!(cosine > 0.998, "{name} on {}: {cosine}", cpu.path());
            }
        }
    }
}

#[test]
fn prompts_can_be_chosen_by_the_caller() {
    let Expected { texts, query, .. } = expected("xlm-roberta");
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let prompts = embedding::Prompts { query: String::new(), passage: "query: ".into() };
    let encoder = encoder("xlm-roberta", Cpu::detect(), Precision::Exact, 1).with_prompts(prompts);
    let found = encoder.encode(&texts, Role::Passage).unwrap();
    assert!(largest_difference(&found, &query) < 1e-4);
}

#[test]
fn the_model_says_its_name_its_version_and_its_size() {
    let encoder = encoder("bert", Cpu::detect(), Precision::Int8, 1);
    let sums = std::fs::read_to_string(testdata("bert").join("SHA256SUMS")).unwrap();
    let digest = sums.lines().find_map(|line| line.strip_suffix("  model.safetensors")).unwrap();
    assert_eq!(encoder.model(), format!("bert@{}", &digest[..12]));
    assert_eq!(encoder.dimensions(), 32);
}
