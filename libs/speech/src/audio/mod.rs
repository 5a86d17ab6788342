//! From the bytes of a recording to segments of speech.
//!
//! [`segments`] is the front door: it recognises the container by its first bytes, decodes it on a guarded
//! thread, keeps both channels, brings them to 16 kHz, finds the speech and packs it into [`Segment`]s of at
//! most [`MAX_SEGMENT`]. Every step pulls from the one before it, so a recording of any length needs a few
//! megabytes. Nothing here reads a clock, the network or the environment.

mod block;
mod decode;
mod error;
mod fold;
mod input;
mod limits;
mod probe;
mod recording;
mod resample;
mod segment;
mod segments;
mod summary;
mod vad;
mod worker;

use std::time::Duration;

pub use block::Block;
pub use error::AudioError;
pub use input::{Input, Media};
pub use limits::{Cancel, Limits};
pub use probe::{Format, probe};
pub use recording::Recording;
pub use segment::{Segment, Speaker, TimeMap};
pub use segments::{Progress, Segments, segments};
pub use summary::{Ending, Info, Summary};
pub use vad::Segmenter;

/// Samples per second of everything that leaves this module.
pub const SAMPLE_RATE: u32 = 16_000;

/// The longest segment: Whisper's window of 30 s, less room for its own padding.
pub const MAX_SEGMENT: Duration = Duration::from_secs(28);

/// The time `samples` take at [`SAMPLE_RATE`].
pub(crate) fn duration_of(samples: u64) -> Duration {
    Duration::from_nanos(samples.saturating_mul(1_000_000_000 / u64::from(SAMPLE_RATE)))
}

/// The samples in `time` at [`SAMPLE_RATE`].
pub(crate) fn samples_in(time: Duration) -> u64 {
    (time.as_secs_f64() * f64::from(SAMPLE_RATE)).round() as u64
}
