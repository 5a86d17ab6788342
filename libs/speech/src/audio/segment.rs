//! A stretch of speech, ready to be recognised.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{duration_of, samples_in};

/// Whose speech it is, as far as the channels tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The recording has one channel.
    Mono,
    /// Heard on the left channel of two.
    Left,
    /// Heard on the right channel of two.
    Right,
    /// Heard alike on both channels, which are mixed: one room, or one channel recorded twice.
    Both,
}

/// Speech of one channel, with the silence between the pieces cut short.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Whose speech it is.
    pub speaker: Speaker,
    /// 16 kHz, between −1 and 1, at most [`super::MAX_SEGMENT`].
    pub samples: Vec<f32>,
    /// Where the samples were in the recording.
    pub times: TimeMap,
}

impl Segment {
    /// How long it takes to listen to.
    pub fn duration(&self) -> Duration {
        duration_of(self.samples.len() as u64)
    }

    /// From its first to its last sample, in the recording.
    pub fn range(&self) -> Range<Duration> {
        self.times.to_recording(Duration::ZERO..self.duration())
    }
}

/// Takes times within a segment back to times within the recording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimeMap {
    /// In order: first sample in the segment, and the same sample in the recording.
    pieces: Vec<(u64, u64)>,
}

impl TimeMap {
    /// Where a range of the segment was in the recording. The end belongs to the sound in front of it, so a
    /// word at the end of a piece does not reach into the next.
    pub fn to_recording(&self, range: Range<Duration>) -> Range<Duration> {
        let (start, end) = (samples_in(range.start), samples_in(range.end));
        let end = if end > start { self.at(end - 1) + 1 } else { self.at(start) };
        duration_of(self.at(start))..duration_of(end)
    }

    /// Says that the sample `at` of the segment is the sample `from` of the recording.
    pub(super) fn piece(&mut self, at: u64, from: u64) {
        let follows = self.pieces.last().is_some_and(|(first, was)| from.checked_sub(*was) == at.checked_sub(*first));
        if !follows {
            self.pieces.push((at, from));
        }
    }

    fn at(&self, sample: u64) -> u64 {
        let behind = self.pieces.partition_point(|(first, _)| *first <= sample);
        let (first, from) = self.pieces.get(behind.saturating_sub(1)).copied().unwrap_or_default();
        from + sample.saturating_sub(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn times_go_back_over_the_silence_that_was_cut() {
        let mut map = TimeMap::default();
        map.piece(0, 16_000);
        map.piece(8_000, 24_000);
        map.piece(16_000, 160_000);
        assert_eq!(map.pieces.len(), 2, "adjoining pieces are one");
        assert_eq!(map.to_recording(ms(0)..ms(500)), ms(1_000)..ms(1_500));
        assert_eq!(map.to_recording(ms(500)..ms(1_000)), ms(1_500)..ms(2_000));
        assert_eq!(map.to_recording(ms(1_000)..ms(1_250)), ms(10_000)..ms(10_250));
        assert_eq!(map.to_recording(ms(750)..ms(1_250)), ms(1_750)..ms(10_250));
    }
}
