//! Voice activity without a network: where the energy of several bands stands out from a noise floor that
//! follows the recording.
//!
//! Missing speech costs more than passing noise, so thresholds are low, every stretch is padded, and a pause
//! within a sentence does not end it.

mod frames;
mod lane;
mod noise;
mod pack;
mod segmenter;
mod spans;

pub use segmenter::Segmenter;

/// Samples from one frame to the next: 20 ms.
const HOP: usize = 320;

/// Frames in a second.
const FRAMES_PER_SECOND: u64 = 50;
