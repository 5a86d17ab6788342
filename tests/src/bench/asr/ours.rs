//! Our engine, one step at a time.

use std::path::Path;

use speech::kernels::Cpu;
use speech::layers::{Compute, ModelFolder, Precision, Weights};
use speech::mel::Mel;
use speech::whisper::{Config, Decoder, Encoder, Heard, Step};

/// Start, language, task, no times.
const PROMPT: [u32; 4] = [50_258, 50_259, 50_359, 50_363];
const TEXT: usize = 50_257;

pub struct Ours {
    encoder: Encoder,
    decoder: Decoder,
    mel: Mel,
}

impl Ours {
    pub fn load(folder: &Path, mel: Mel, precision: Precision) -> Self {
        let folder = ModelFolder::open(folder).expect("the model");
        let (config, weights) =
            (Config::read(&folder).expect("its configuration"), Weights::open(&folder).expect("its weights"));
        Self {
            encoder: Encoder::load(&weights, &config, precision).expect("an encoder"),
            decoder: Decoder::load(&weights, &config, precision).expect("a decoder"),
            mel,
        }
    }

    pub fn compute(cpu: Cpu, precision: Precision, threads: usize) -> Compute {
        Compute::new(cpu, precision, threads).expect("threads")
    }

    /// Hears half a minute.
    pub fn encode(&self, compute: &Compute) -> Heard {
        self.encoder.forward(compute, &self.mel)
    }

    /// Writes `tokens` for each of `clips` that sound the same, greedily, never ending by itself.
    pub fn write(&self, compute: &Compute, heard: &Heard, clips: usize, tokens: usize) -> Vec<u32> {
        let cross: Vec<_> = (0..clips).map(|_| self.decoder.listen(compute, heard)).collect();
        let mut sequences: Vec<_> = cross.iter().map(|cross| self.decoder.start(cross)).collect();
        let mut written: Vec<Vec<u32>> = vec![Vec::new(); clips];
        for _ in 0..tokens {
            let next: Vec<Vec<u32>> =
                written.iter().map(|written| written.last().map_or(PROMPT.to_vec(), |token| vec![*token])).collect();
            let mut steps: Vec<_> =
                sequences.iter_mut().zip(&next).map(|(sequence, tokens)| Step { sequence, tokens }).collect();
            let scores = self.decoder.step(compute, &mut steps);
            for (written, scores) in written.iter_mut().zip(scores.chunks_exact(self.decoder.vocabulary())) {
                let best = (1..TEXT).fold(0, |best, i| if scores[i] > scores[best] { i } else { best });
                written.push(best as u32);
            }
        }
        written.swap_remove(0)
    }
}

/// The same reproducible values for everybody, as `[frames][bands]` and as CTranslate2 wants them.
pub fn mel() -> (Mel, Vec<u8>) {
    let (bands, frames) = (80, 3_000);
    let value = |i: usize| ((i * 7_919 % 2_003) as f32 / 1_001.0 - 1.0) * 0.9;
    let rows: Vec<f32> = (0..frames * bands).map(value).collect();
    let across = (0..bands).flat_map(|band| (0..frames).map(move |frame| (frame, band)));
    let bytes = across.flat_map(|(frame, band)| rows[frame * bands + band].to_le_bytes()).collect();
    (Mel::from_rows(bands, rows), bytes)
}

/// Cosine of the angle between two encodings.
pub fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}
