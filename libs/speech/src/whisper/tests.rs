use std::path::{Path, PathBuf};

use super::config::GenerationConfig;
use super::prompt::prompt;
use super::rules::{Rules, Situation};
use super::{DecodeOptions, Vocabulary, Whisper};
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
    let clip = whisper.hear(&expected("samples"), "", "").unwrap();
    let decoded = whisper.decode(&[clip], &mut || 0.5).unwrap().remove(0);
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
        let hints = Hints { seed, words: vec!["设备".into()] };
        let utterances = whisper.recognise(&clips, &hints, &mut |p| heard.push(p.done)).unwrap();
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
    let utterances = whisper.recognise(&[&long], &Hints::default(), &mut |_| ()).unwrap().remove(0);
    let length = std::time::Duration::from_secs(10);
    assert!(utterances.iter().all(|u| u.range.start <= u.range.end && u.range.end <= length));
    assert!(utterances.iter().any(|u| u.range.end > length / 2), "{utterances:?}");
    let starts: Vec<_> = utterances.iter().map(|u| u.range.start).collect();
    assert!(starts.is_sorted());
}

#[test]
fn a_clip_of_nothing_has_no_words() {
    let whisper = load(Precision::Int8, once());
    assert_eq!(whisper.recognise(&[&[], &[0.0; 100]], &Hints::default(), &mut |_| ()), Ok(vec![vec![], vec![]]));
}

/// A tokenizer of single characters.
fn characters(text: &str) -> Vocabulary {
    let special = ["endoftext", "startoftranscript", "startofprev", "notimestamps", "0.00"];
    let first = text.chars().count();
    let words: serde_json::Map<_, _> = text.chars().enumerate().map(|(i, c)| (c.to_string(), i.into())).collect();
    let added: Vec<_> = special
        .iter()
        .enumerate()
        .map(|(i, name)| {
            serde_json::json!({
                "id": first + i, "content": format!("<|{name}|>"), "single_word": false, "lstrip": false, "rstrip": false,
                "normalized": false, "special": true,
            })
        })
        .collect();
    let tokenizer = serde_json::json!({
        "version": "1.0", "added_tokens": added,
        "pre_tokenizer": { "type": "Split", "pattern": { "Regex": "." }, "behavior": "Isolated", "invert": false },
        "model": { "type": "WordLevel", "vocab": words, "unk_token": "?" },
    });
    Vocabulary::new(serde_json::from_value(tokenizer).unwrap()).unwrap()
}

#[test]
fn minus_one_suppresses_what_is_no_speech() {
    let vocabulary = characters("? 你好(♪\"");
    let apply = |suppressed: Option<Vec<i64>>| {
        let generation = GenerationConfig { suppress_tokens: suppressed, ..GenerationConfig::default() };
        let mut scores = vec![0.0; 12];
        let situation = Situation { times: false, seconds: 1.0 };
        Rules::new(&vocabulary, &generation).apply(Cpu::detect(), &vocabulary, situation, &[2], &mut scores);
        scores.iter().map(|score| score.is_finite()).take(7).collect::<Vec<_>>()
    };
    let [_, blank, you, good, bracket, note, quote] = apply(Some(vec![-1]))[..] else { unreachable!() };
    assert!(you && good && !bracket && !note && !quote);
    assert!(!blank, "here, as everywhere, the first token of “ -”");
    assert_eq!(apply(Some(vec![3])), [true, true, true, false, true, true, true]);
    assert_eq!(apply(None), [true; 7]);
}

#[test]
fn hot_words_stand_first_in_the_prompt_and_leave_room() {
    let vocabulary = characters("? 顺流设备好的");
    let options = DecodeOptions::default();
    let before = |words: &str, earlier: &str, room| prompt(&vocabulary, &options, [words, earlier], None, room).before;
    let (previous, start) = (vocabulary.previous.unwrap(), vocabulary.start);
    assert_eq!(before("", "", 40), [start]);
    assert_eq!(before("顺流 设备", "好的", 40), [previous, 1, 2, 3, 1, 4, 5, 1, 6, 7, start]);
    assert_eq!(before("顺流", "好的好的好的", 16), [previous, 1, 2, 3, 6, 7, 6, 7, start], "the end of what was said");
    assert_eq!(before(&"设备".repeat(100), "好的", 16).len(), 9);
}
