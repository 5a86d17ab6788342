//! What the classifier looks at: every 20 ms, the power of twelve bands and whether the spectrum has a shape.

use std::sync::Arc;

use realfft::num_complex::Complex32;
use realfft::{RealFftPlanner, RealToComplex};

use super::HOP;
use crate::audio::SAMPLE_RATE;

/// Samples a frame looks at: 32 ms.
const WINDOW: usize = 512;

/// Edges of the bands in Hz: narrow where vowels are, up to where fricatives are.
const EDGES: [f32; BANDS + 1] =
    [100.0, 250.0, 400.0, 600.0, 850.0, 1150.0, 1500.0, 1950.0, 2500.0, 3200.0, 4000.0, 5200.0, 7000.0];

/// Where a voice has its harmonics, in Hz.
const VOICE: [f32; 2] = [100.0, 4000.0];

/// Bands of [`Frame::bands`].
pub(super) const BANDS: usize = 12;

/// What a frame looks like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Power of each band; a full-scale sine has 1.
    pub bands: [f32; BANDS],
    /// Power of all bands, in dB below a full-scale sine.
    pub level: f32,
    /// Geometric over arithmetic mean of the spectrum below 4 kHz: white noise has 0.56, a vowel 0.1.
    pub flatness: f32,
}

/// Cuts sound into [`Frame`]s.
pub(super) struct Analyser {
    transform: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    waiting: Vec<f32>,
    windowed: Vec<f32>,
    spectrum: Vec<Complex32>,
    power: Vec<f32>,
}

impl Analyser {
    pub(super) fn new() -> Self {
        let transform = RealFftPlanner::new().plan_fft_forward(WINDOW);
        let turn = std::f32::consts::TAU / WINDOW as f32;
        Self {
            window: (0..WINDOW).map(|i| 0.5 - 0.5 * (turn * i as f32).cos()).collect(),
            waiting: Vec::new(),
            windowed: transform.make_input_vec(),
            spectrum: transform.make_output_vec(),
            power: vec![0.0; WINDOW / 2 + 1],
            transform,
        }
    }

    /// Frames that are complete with `samples`, appended to `frames`.
    pub(super) fn push(&mut self, samples: &[f32], frames: &mut Vec<Frame>) {
        self.waiting.extend_from_slice(samples);
        let mut at = 0;
        while at + WINDOW <= self.waiting.len() {
            frames.push(self.frame(at));
            at += HOP;
        }
        self.waiting.drain(..at);
    }

    /// Frames that lack samples only because the recording ends.
    pub(super) fn finish(&mut self, frames: &mut Vec<Frame>) {
        let rest = self.waiting.len().div_ceil(HOP);
        self.waiting.resize(rest * HOP + WINDOW, 0.0);
        for index in 0..rest {
            frames.push(self.frame(index * HOP));
        }
        self.waiting.clear();
    }

    fn frame(&mut self, at: usize) -> Frame {
        let sound = &self.waiting[at..at + WINDOW];
        for ((out, sample), weight) in self.windowed.iter_mut().zip(sound).zip(&self.window) {
            *out = sample * weight;
        }
        // Lengths are the plan's own, the only thing that could be wrong.
        let _ = self.transform.process(&mut self.windowed, &mut self.spectrum);
        let full_scale = 16.0 / (WINDOW * WINDOW) as f32;
        for (power, bin) in self.power.iter_mut().zip(&self.spectrum) {
            *power = bin.norm_sqr() * full_scale;
        }
        let bands = std::array::from_fn(|band| self.power[bins(EDGES[band], EDGES[band + 1])].iter().sum());
        let level = decibel(bands.iter().sum::<f32>());
        Frame { bands, level, flatness: flatness(&self.power[bins(VOICE[0], VOICE[1])]) }
    }
}

fn bins(from: f32, to: f32) -> std::ops::Range<usize> {
    let bin = |hertz: f32| (hertz * WINDOW as f32 / SAMPLE_RATE as f32).round() as usize;
    bin(from)..bin(to)
}

fn flatness(power: &[f32]) -> f32 {
    let count = power.len() as f32;
    let geometric = power.iter().map(|power| (power + 1e-14).ln()).sum::<f32>() / count;
    let arithmetic = power.iter().sum::<f32>() / count + 1e-14;
    geometric.exp() / arithmetic
}

/// Power as decibels; silence is −140.
pub(super) fn decibel(power: f32) -> f32 {
    10.0 * (power + 1e-14).log10()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames_of(sound: &[f32], chunk: usize) -> Vec<Frame> {
        let (mut analyser, mut frames) = (Analyser::new(), Vec::new());
        for part in sound.chunks(chunk) {
            analyser.push(part, &mut frames);
        }
        analyser.finish(&mut frames);
        frames
    }

    #[test]
    fn a_full_scale_sine_has_level_zero_and_no_flatness() {
        let sine: Vec<f32> = (0..8_000).map(|i| (std::f32::consts::TAU * 500.0 * i as f32 / 16_000.0).sin()).collect();
        let frames = frames_of(&sine, 777);
        assert_eq!(frames.len(), 25);
        let middle = &frames[10];
        assert!((middle.level - 1.76).abs() < 0.1, "{}", middle.level);
        assert!(middle.flatness < 0.01);
    }

    #[test]
    fn silence_is_no_number_to_trip_over() {
        for frame in frames_of(&vec![0.0; 1_000], 100) {
            assert!(frame.level < -130.0 && frame.flatness.is_finite());
        }
    }
}
