//! What holds for any texts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::OnceLock;

use embedding::{Compute, Cpu, Precision, Role, SentenceEncoder};
use proptest::prelude::*;

fn load(name: &str, precision: Precision, threads: usize) -> SentenceEncoder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name);
    SentenceEncoder::load(&folder, Compute::new(Cpu::detect(), precision, threads).unwrap()).unwrap()
}

/// Both models in both precisions, on one thread and on three.
fn encoders() -> &'static [SentenceEncoder] {
    static ENCODERS: OnceLock<Vec<SentenceEncoder>> = OnceLock::new();
    ENCODERS.get_or_init(|| {
        let precisions = [Precision::Exact, Precision::Int8];
        let variants = precisions.into_iter().flat_map(|precision| [(precision, 1), (precision, 3)]);
        let variants: Vec<_> = variants.collect();
        ["bert", "xlm-roberta"]
            .into_iter()
            .flat_map(|name| variants.iter().map(move |(precision, threads)| load(name, *precision, *threads)))
            .collect()
    })
}

fn encode(encoder: &SentenceEncoder, texts: &[&str]) -> Vec<Vec<f32>> {
    encoder.encode(texts, Role::Passage).unwrap()
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
}

/// Texts of every kind: known words, Chinese, anything at all, none.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "(price |we |can |deliver |in |three |days |and ){0,30}",
        "[我们的单价高一些但是能用五年平均每天成本更低。，]{0,60}",
        "\\PC{0,40}",
        any::<String>(),
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn together_is_one_by_one_in_the_same_order(texts in prop::collection::vec(text(), 0..24)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for encoder in encoders() {
            let together = encode(encoder, &texts);
            prop_assert_eq!(together.len(), texts.len());
            for (vector, text) in together.iter().zip(&texts) {
                prop_assert!(close(vector, &encode(encoder, &[text])[0]), "{}: {:?}", encoder.model(), text);
            }
        }
    }

    #[test]
    fn every_vector_has_length_one(texts in prop::collection::vec(text(), 1..8)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for encoder in encoders() {
            for vector in encode(encoder, &texts) {
                prop_assert_eq!(vector.len(), encoder.dimensions());
                let length: f32 = vector.iter().map(|x| x * x).sum();
                prop_assert!((length - 1.0).abs() < 1e-5, "{}", length);
            }
        }
    }
}

#[test]
fn no_texts_have_no_vectors() {
    assert!(encoders().iter().all(|encoder| encode(encoder, &[]).is_empty()));
}

#[test]
fn what_is_beyond_the_longest_text_is_not_seen() {
    let start = "我们的单价高一些，".repeat(20);
    let long = format!("{start}{}", "但是能用五年。".repeat(20_000));
    for encoder in encoders() {
        let vectors = encode(encoder, &[&start, &long, "我们的单价高一些"]);
        assert!(close(&vectors[0], &vectors[1]));
        assert!(!close(&vectors[0], &vectors[2]));
    }
}

#[test]
fn unknown_tokens_are_one_and_the_same() {
    for encoder in encoders() {
        let vectors = encode(encoder, &["\u{e01} \u{e02}", "\u{4e42} \u{4e43}", "price"]);
        assert!(close(&vectors[0], &vectors[1]));
        assert!(!close(&vectors[0], &vectors[2]));
    }
}
