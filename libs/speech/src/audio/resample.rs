//! Any rate to 16 kHz, a block at a time.

use rubato::audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Indexing, Resampler, WindowFunction};

use super::decode::Planes;
use super::{AudioError, SAMPLE_RATE};

/// Blocks a second: a long filter with a sharp edge, and a delay that hardly matters because it is cut off.
const BLOCKS_PER_SECOND: u32 = 20;

/// Converts planes of samples to [`SAMPLE_RATE`]; recordings already there pass through.
pub(super) enum To16k {
    Same,
    Convert(Box<Converter>),
}

impl To16k {
    pub(super) fn new(rate: u32, channels: usize) -> Result<Self, AudioError> {
        if rate == SAMPLE_RATE {
            return Ok(Self::Same);
        }
        Converter::new(rate, channels).map(Box::new).map(Self::Convert)
    }

    /// Moves what is in `planes` to `out`, as far as there are whole blocks.
    pub(super) fn push(&mut self, planes: &mut Planes, out: &mut Planes) -> Result<(), AudioError> {
        match self {
            Self::Same => append(out, planes),
            Self::Convert(converter) => {
                append(&mut converter.waiting, planes);
                converter.run(out)?;
            }
        }
        Ok(())
    }

    /// Appends what is still inside.
    pub(super) fn finish(&mut self, out: &mut Planes) -> Result<(), AudioError> {
        match self {
            Self::Same => Ok(()),
            Self::Convert(converter) => converter.drain(out),
        }
    }
}

fn append(to: &mut Planes, from: &mut Planes) {
    for (to, from) in to.iter_mut().zip(from) {
        to.append(from);
    }
}

pub(super) struct Converter {
    filter: Fft<f32>,
    rate: u32,
    waiting: Planes,
    block: Planes,
    /// Output samples that are only the filter's delay.
    delay: usize,
    read: u64,
    written: u64,
}

impl Converter {
    fn new(rate: u32, channels: usize) -> Result<Self, AudioError> {
        let (from, to) = (rate as usize, SAMPLE_RATE as usize);
        let window = WindowFunction::BlackmanHarris2;
        let filter = Fft::new_custom(from, to, block_len(rate), 1, channels, window, FixedSync::Both)
            .map_err(|error| AudioError::unsupported(format!("a sampling rate of {rate} Hz: {error}")))?;
        let block = vec![vec![0.0; filter.output_frames_max()]; channels];
        let delay = filter.output_delay();
        Ok(Self { filter, rate, waiting: vec![Vec::new(); channels], block, delay, read: 0, written: 0 })
    }

    fn run(&mut self, out: &mut Planes) -> Result<(), AudioError> {
        let step = self.filter.input_frames_next();
        let mut at = 0;
        while self.waiting[0].len() - at >= step {
            self.convert(at, step, out)?;
            at += step;
        }
        for plane in &mut self.waiting {
            plane.drain(..at);
        }
        Ok(())
    }

    fn drain(&mut self, out: &mut Planes) -> Result<(), AudioError> {
        let rest = self.waiting[0].len();
        let expected = ((self.read + rest as u64) * u64::from(SAMPLE_RATE)).div_ceil(u64::from(self.rate));
        self.convert(0, rest, out)?;
        self.waiting.iter_mut().for_each(Vec::clear);
        while self.written < expected {
            self.convert(0, 0, out)?;
        }
        let surplus = usize::try_from(self.written - expected).unwrap_or(0);
        for plane in out {
            plane.truncate(plane.len().saturating_sub(surplus));
        }
        Ok(())
    }

    /// Converts the `frames` waiting samples behind `at`; silence fills the block up.
    fn convert(&mut self, at: usize, frames: usize, out: &mut Planes) -> Result<(), AudioError> {
        let failed = |error: &dyn std::fmt::Display| AudioError::unsupported(format!("this sampling rate: {error}"));
        let channels = self.waiting.len();
        let have = self.waiting[0].len();
        let input = SequentialSliceOfVecs::new(&self.waiting, channels, have).map_err(|error| failed(&error))?;
        let room = self.block[0].len();
        let mut output =
            SequentialSliceOfVecs::new_mut(&mut self.block, channels, room).map_err(|error| failed(&error))?;
        let indexing = Indexing::new().input_offset(at).partial_len(frames);
        let (_, written) =
            self.filter.process_into_buffer(&input, &mut output, Some(&indexing)).map_err(|error| failed(&error))?;
        let skip = self.delay.min(written);
        self.delay -= skip;
        self.read += frames as u64;
        self.written += (written - skip) as u64;
        for (plane, block) in out.iter_mut().zip(&self.block) {
            plane.extend_from_slice(&block[skip..written]);
        }
        Ok(())
    }
}

/// About a [`BLOCKS_PER_SECOND`]th of a second, a whole number of samples at both rates, and even: the filter is as
/// long as the block, and the middle of an odd one lies between two samples, half a sample late.
fn block_len(rate: u32) -> usize {
    let shortest = rate / greatest_common_divisor(rate, SAMPLE_RATE);
    let blocks = (rate / BLOCKS_PER_SECOND).div_ceil(shortest).next_multiple_of(2);
    (shortest * blocks) as usize
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(rate: u32, hertz: f64, seconds: f64) -> Vec<f32> {
        let samples = (f64::from(rate) * seconds) as u32;
        let turns = |i: u32| f64::from(i) * hertz / f64::from(rate);
        (0..samples).map(|i| ((std::f64::consts::TAU * turns(i)).sin() * 0.5) as f32).collect()
    }

    fn convert(rate: u32, sound: &[f32], chunk: usize) -> Vec<f32> {
        let mut resampler = To16k::new(rate, 1).unwrap();
        let mut out = vec![Vec::new()];
        for part in sound.chunks(chunk) {
            resampler.push(&mut vec![part.to_vec()], &mut out).unwrap();
        }
        resampler.finish(&mut out).unwrap();
        out.remove(0)
    }

    #[test]
    fn a_sine_keeps_its_length_phase_and_height_whatever_the_rate_and_chunks() {
        for rate in [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000] {
            for chunk in [1_000, 4_096, 100_000] {
                let got = convert(rate, &sine(rate, 1_000.0, 1.5), chunk);
                let want = sine(SAMPLE_RATE, 1_000.0, 1.5);
                assert!(got.len().abs_diff(want.len()) <= 1, "{rate}: {} samples", got.len());
                let off = got[2_000..22_000].iter().zip(&want[2_000..]).map(|(a, b)| (a - b).abs());
                assert!(off.fold(0.0, f32::max) < 5e-4, "{rate} in chunks of {chunk}");
            }
        }
    }

    #[test]
    fn what_is_above_8_khz_does_not_fold_down() {
        let got = convert(48_000, &sine(48_000, 9_000.0, 1.0), 4_096);
        let peak = got[2_000..14_000].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!(peak < 1e-4, "{peak}");
    }

    #[test]
    fn nothing_becomes_nothing() {
        assert!(convert(44_100, &[], 10).is_empty());
    }
}
