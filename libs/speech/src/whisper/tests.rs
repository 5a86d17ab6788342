use std::path::{Path, PathBuf};

use super::{DecodeOptions, Whisper};
use crate::engine::{Hints, Recognise};
use crate::kernels::Cpu;
use crate::layers::{Compute, ModelFolder, Precision, Weights};

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/single-80")
}

fn expected(name: &str) -> Vec<f32> {
    let weights = Weights::open(&ModelFolder::open(&fixture().join("expected")).unwrap()).unwrap();
    weights.get(name, &weights.shape(name).unwrap()).unwrap()
}

fn load(precision: Precision, options: DecodeOptions) -> Whisper {
    let compute = Compute::new(Cpu::detect(), precision, 1).unwrap();
    Whisper::load(&fixture(), compute, options).unwrap()
}

/// One greedy attempt, whatever its quality.
fn once() -> DecodeOptions {
    DecodeOptions {
        temperatures: vec![0.0],
        min_log_probability: -100.0,
        max_compression: 100.0,
        ..DecodeOptions::default()
    }
}

#[test]
fn the_rules_of_times_are_those_of_transformers() {
    let whisper = load(Precision::Exact, once());
    let want: Vec<u32> = expected("tokens_with_times").iter().map(|token| *token as u32).collect();
    let clip = whisper.hear(&expected("samples"), "", "");
    let decoded = whisper.decode(&[clip], &mut || 0.5).remove(0);
    let end = want.iter().position(|token| *token == whisper.vocabulary.end).unwrap_or(want.len());
    let common = decoded.tokens.len().min(end);
    assert!(common > 8, "{:?} for {want:?}", decoded.tokens);
    assert_eq!(decoded.tokens[..common], want[..common]);
}

#[test]
fn the_same_seed_gives_the_same_text_and_every_attempt_is_made() {
    let options = DecodeOptions { min_log_probability: 0.0, silence: 2.0, ..DecodeOptions::default() };
    let whisper = load(Precision::Int8, options);
    let samples = expected("samples");
    let clips = [&samples[..], &samples[..8_000], &samples[..20_000]];
    let run = |seed| {
        let mut heard = Vec::new();
        let utterances =
            whisper.recognise(&clips, &Hints { seed, words: vec!["设备".into()] }, &mut |p| heard.push(p.done));
        assert_eq!(heard.last(), Some(&3));
        utterances
    };
    let first = run(1);
    assert_eq!(first, run(1));
    assert!(first.iter().flatten().all(|u| u.doubtful && !u.text.is_empty() && u.range.start <= u.range.end));
}

#[test]
fn long_audio_is_sought_to_its_end() {
    let whisper = load(Precision::Int8, once());
    let long = expected("samples").repeat(5);
    let utterances = whisper.recognise(&[&long], &Hints::default(), &mut |_| ()).remove(0);
    let length = std::time::Duration::from_secs(10);
    assert!(utterances.iter().all(|u| u.range.start <= u.range.end && u.range.end <= length));
    assert!(utterances.iter().any(|u| u.range.end > length / 2), "{utterances:?}");
    let starts: Vec<_> = utterances.iter().map(|u| u.range.start).collect();
    assert!(starts.is_sorted());
}

#[test]
fn a_clip_of_nothing_has_no_words() {
    let whisper = load(Precision::Int8, once());
    assert_eq!(whisper.recognise(&[&[], &[0.0; 100]], &Hints::default(), &mut |_| ()), vec![vec![], vec![]]);
}
