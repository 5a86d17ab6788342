//! The log-mel spectrogram Whisper was trained on, as its authors define it: 25 ms periodic Hann windows every 10 ms,
//! reflected at both ends, power, Slaney's mel filters, `log10`, clipped 8 below the maximum, `(x + 4) / 4`.

mod filters;

use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex, num_complex::Complex32};

/// Samples per second that every model here expects.
pub const SAMPLE_RATE: usize = 16_000;
/// Samples from one frame to the next: 10 ms.
pub const HOP: usize = 160;
const WINDOW: usize = 400;
const SPECTRUM: usize = WINDOW / 2 + 1;
const EDGE: usize = WINDOW / 2;
const FLOOR: f32 = 1e-10;

/// Frames of log-mel energy, one row of [`Mel::bins`] values for every 10 ms.
#[derive(Clone, Debug, PartialEq)]
pub struct Mel {
    bins: usize,
    values: Vec<f32>,
}

impl Mel {
    /// Wraps ready values, `[frames][bins]`; a last incomplete row is cut off.
    pub fn from_rows(bins: usize, mut values: Vec<f32>) -> Self {
        let whole = values.len() - values.len() % bins.max(1);
        values.truncate(whole);
        Self { bins, values }
    }

    /// Energies per frame.
    pub fn bins(&self) -> usize {
        self.bins
    }

    /// Number of 10 ms frames.
    pub fn frames(&self) -> usize {
        self.values.len() / self.bins.max(1)
    }

    /// All values, frame after frame.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// Turns 16 kHz samples into [`Mel`] frames. Cheap to share; holds the window, the filters and the transform.
pub struct MelFilter {
    bins: Vec<filters::Band>,
    window: Vec<f32>,
    transform: Arc<dyn RealToComplex<f32>>,
}

impl MelFilter {
    /// A filter bank of `bins` bands between 0 and 8 kHz (80 for most checkpoints, 128 for the large ones since v3).
    pub fn new(bins: usize) -> Self {
        let step = std::f64::consts::TAU / WINDOW as f64;
        Self {
            bins: filters::slaney(bins, SPECTRUM, SAMPLE_RATE),
            window: (0..WINDOW).map(|i| (0.5 - 0.5 * (step * i as f64).cos()) as f32).collect(),
            transform: RealFftPlanner::new().plan_fft_forward(WINDOW),
        }
    }

    /// One frame for every 160 samples, rounded down; audio shorter than one window is filled up with silence.
    pub fn compute(&self, samples: &[f32]) -> Mel {
        let frames = samples.len() / HOP;
        let padded = reflect(samples);
        let mut values = Vec::with_capacity(frames * self.bins.len());
        let mut windowed = vec![0.0; WINDOW];
        let mut spectrum = vec![Complex32::default(); SPECTRUM];
        let mut scratch = self.transform.make_scratch_vec();
        let mut power = vec![0.0; SPECTRUM];
        for frame in 0..frames {
            let input = &padded[frame * HOP..frame * HOP + WINDOW];
            for ((out, sample), weight) in windowed.iter_mut().zip(input).zip(&self.window) {
                *out = sample * weight;
            }
            // The lengths come from the plan itself, so that the transform cannot refuse them.
            let done = self.transform.process_with_scratch(&mut windowed, &mut spectrum, &mut scratch);
            debug_assert!(done.is_ok());
            for (out, bin) in power.iter_mut().zip(&spectrum) {
                *out = bin.norm_sqr();
            }
            values.extend(self.bins.iter().map(|band| band.energy(&power).max(FLOOR).log10()));
        }
        compress(&mut values);
        Mel { bins: self.bins.len(), values }
    }
}

/// Clips to 8 (80 dB) below the loudest value and brings the rest near ±1.
fn compress(values: &mut [f32]) {
    let floor = values.iter().copied().fold(f32::NEG_INFINITY, f32::max) - 8.0;
    for value in values {
        *value = (value.max(floor) + 4.0) / 4.0;
    }
}

/// Half a window of mirrored samples before and after; the end sample itself is not repeated.
fn reflect(samples: &[f32]) -> Vec<f32> {
    let length = samples.len().max(WINDOW);
    let at = |i: usize| samples.get(i).copied().unwrap_or(0.0);
    let mut padded = Vec::with_capacity(length + WINDOW);
    padded.extend((1..=EDGE).rev().map(at));
    padded.extend((0..length).map(at));
    padded.extend((1..=EDGE).map(|i| at(length - 1 - i)));
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_lights_up_its_own_band() {
        let tone: Vec<f32> =
            (0..SAMPLE_RATE).map(|i| (i as f32 * 1000.0 * std::f32::consts::TAU / 16e3).sin()).collect();
        let mel = MelFilter::new(80).compute(&tone);
        assert_eq!((mel.frames(), mel.bins()), (100, 80));
        let middle = &mel.values()[50 * 80..51 * 80];
        let loudest = (0..80).max_by(|&a, &b| middle[a].total_cmp(&middle[b])).unwrap();
        assert!((25..28).contains(&loudest), "1 kHz is band 26 of 80, not {loudest}");
    }

    #[test]
    fn silence_and_scraps_are_defined() {
        let filter = MelFilter::new(128);
        assert_eq!(filter.compute(&[]).frames(), 0);
        assert_eq!(filter.compute(&[0.5; 170]).frames(), 1);
        let silence = filter.compute(&[0.0; 1600]);
        assert!(silence.values().iter().all(|v| (v + 1.5).abs() < 1e-6));
    }

    #[test]
    fn mirrors_without_repeating_the_edge() {
        let ramp: Vec<f32> = (0..500).map(|i| i as f32).collect();
        let padded = reflect(&ramp);
        assert_eq!((padded.len(), padded[0], padded[199], padded[200]), (900, 200.0, 1.0, 0.0));
        assert_eq!((padded[699], padded[700], padded[899]), (499.0, 498.0, 299.0));
    }
}
