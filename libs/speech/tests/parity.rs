//! The same numbers as `transformers` on checkpoints with random weights; `fixtures/make.py` writes both.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use speech::kernels::Cpu;
use speech::layers::{Compute, ModelFolder, Precision, Weights};
use speech::mel::{Mel, MelFilter};
use speech::whisper::{Config, Decoder, Encoder, Step};

const NAMES: [&str; 2] = ["single-80", "bfloat-128"];
/// `<|startoftranscript|>`, `<|zh|>` and `<|transcribe|>` follow this many text tokens and the end.
const PROMPT: [u32; 3] = [1, 2, 5];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

struct Case {
    config: Config,
    weights: Weights,
    expected: Weights,
}

impl Case {
    fn open(name: &str) -> Self {
        let folder = ModelFolder::open(&fixture(name)).unwrap();
        let expected = ModelFolder::open(&fixture(name).join("expected")).unwrap();
        Self {
            config: Config::read(&folder).unwrap(),
            weights: Weights::open(&folder).unwrap(),
            expected: Weights::open(&expected).unwrap(),
        }
    }

    fn expected(&self, name: &str) -> Vec<f32> {
        self.expected.get(name, &self.expected.shape(name).unwrap()).unwrap()
    }

    fn mel(&self) -> Mel {
        Mel::from_rows(self.config.num_mel_bins, self.expected("mel"))
    }

    fn prompt(&self) -> Vec<u32> {
        let text = self.config.decoder.as_ref().unwrap().vocab_size - 10 - 101;
        PROMPT.iter().map(|id| text as u32 + id).collect()
    }
}

fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

#[test]
fn mel_is_the_same() {
    for name in NAMES {
        let case = Case::open(name);
        let mel = MelFilter::new(case.config.num_mel_bins).compute(&case.expected("samples"));
        let difference = largest_difference(mel.values(), &case.expected("mel"));
        assert!(difference < 1e-4, "{name}: {difference}");
    }
}

#[test]
fn the_encoder_hears_the_same() {
    for name in NAMES {
        let case = Case::open(name);
        let want = case.expected("hidden");
        let encoder = Encoder::load(&case.weights, &case.config, Precision::Exact).unwrap();
        for (cpu, threads) in Cpu::all().flat_map(|cpu| [(cpu, 1), (cpu, 2)]) {
            let compute = Compute::new(cpu, Precision::Exact, threads).unwrap();
            let difference = largest_difference(&encoder.forward(&compute, &case.mel()).values, &want);
            assert!(difference < 1e-4, "{name} on {}: {difference}", cpu.path());
        }
    }
}

#[test]
fn eight_bits_hear_nearly_the_same() {
    for name in NAMES {
        let case = Case::open(name);
        let want = case.expected("hidden");
        let encoder = Encoder::load(&case.weights, &case.config, Precision::Int8).unwrap();
        for cpu in Cpu::all() {
            let compute = Compute::new(cpu, Precision::Int8, 1).unwrap();
            let cosine = cosine(&encoder.forward(&compute, &case.mel()).values, &want);
            assert!(cosine > 0.999, "{name} on {}: {cosine}", cpu.path());
        }
    }
}

#[test]
fn the_decoder_writes_the_same() {
    for name in NAMES {
        let case = Case::open(name);
        let want: Vec<u32> = case.expected("tokens").iter().map(|token| *token as u32).collect();
        let scores = case.expected("scores");
        let encoder = Encoder::load(&case.weights, &case.config, Precision::Exact).unwrap();
        let decoder = Decoder::load(&case.weights, &case.config, Precision::Exact).unwrap();
        for cpu in Cpu::all() {
            let compute = Compute::new(cpu, Precision::Exact, 1).unwrap();
            let heard = encoder.forward(&compute, &case.mel());
            let (mut sequence, mut next) = (decoder.start(&decoder.listen(&compute, &heard)), case.prompt());
            let (mut written, mut first) = (Vec::new(), Vec::new());
            while written.len() < want.len() {
                let row = decoder.step(&compute, &mut [Step { sequence: &mut sequence, tokens: &next }]);
                let best = (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap() as u32;
                if written.len() < 4 {
                    first.extend(row);
                }
                written.push(best);
                next = vec![best];
            }
            assert_eq!(written, want, "{name} on {}", cpu.path());
            let difference = largest_difference(&first, &scores);
            assert!(difference < 1e-3, "{name} on {}: {difference}", cpu.path());
        }
    }
}

#[test]
fn clips_written_together_are_the_same_as_alone() {
    let case = Case::open(NAMES[0]);
    for precision in [Precision::Exact, Precision::Int8] {
        let encoder = Encoder::load(&case.weights, &case.config, precision).unwrap();
        let decoder = Decoder::load(&case.weights, &case.config, precision).unwrap();
        for (cpu, threads) in Cpu::all().flat_map(|cpu| [(cpu, 1), (cpu, 2)]) {
            let compute = Compute::new(cpu, precision, threads).unwrap();
            let heard = encoder.forward(&compute, &case.mel());
            let cross = decoder.listen(&compute, &heard);
            let prompts = [vec![3, 4], vec![9], case.prompt()];
            let alone: Vec<f32> = prompts
                .iter()
                .flat_map(|tokens| decoder.step(&compute, &mut [Step { sequence: &mut decoder.start(&cross), tokens }]))
                .collect();
            let mut sequences: Vec<_> = prompts.iter().map(|_| decoder.start(&cross)).collect();
            let mut steps: Vec<_> =
                sequences.iter_mut().zip(&prompts).map(|(sequence, tokens)| Step { sequence, tokens }).collect();
            let together = decoder.step(&compute, &mut steps);
            let difference = largest_difference(&alone, &together);
            assert!(difference < 1e-3, "{} with {threads} threads: {difference}", cpu.path());
        }
    }
}
