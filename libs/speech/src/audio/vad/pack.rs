//! Joins spans of one channel into segments.

use crate::audio::{MAX_SEGMENT, SAMPLE_RATE, Segment, Speaker, TimeMap};

/// Speech that goes on within two seconds belongs together; more context helps the recogniser, a longer gap
/// is more likely another thought, and keeps a segment from being finished.
pub(super) const JOINED_GAP: u64 = 2 * SAMPLE_RATE as u64;

/// Longest segment in samples.
const LONGEST: usize = MAX_SEGMENT.as_secs() as usize * SAMPLE_RATE as usize;

/// The segment that is being filled.
#[derive(Default)]
pub(super) struct Packer {
    open: Option<Filling>,
}

struct Filling {
    segment: Segment,
    /// Behind its last sample, in the recording.
    end: u64,
}

impl Packer {
    /// Adds speech that starts at the sample `from` of the recording; returns the segment it does not fit.
    pub(super) fn add(&mut self, speaker: Speaker, from: u64, samples: &[f32]) -> Option<Segment> {
        let full = self.open.as_ref().is_some_and(|open| !open.takes(speaker, from, samples.len()));
        let done = if full { self.flush() } else { None };
        let open = self.open.get_or_insert_with(|| Filling::new(speaker));
        open.segment.times.piece(open.segment.samples.len() as u64, from);
        open.segment.samples.extend_from_slice(samples);
        open.end = from + samples.len() as u64;
        done
    }

    /// The segment being filled, if nothing that starts at `from` or later can join it.
    pub(super) fn flush_before(&mut self, from: u64) -> Option<Segment> {
        let over = self.open.as_ref().is_some_and(|open| from > open.end + JOINED_GAP);
        if over { self.flush() } else { None }
    }

    /// Whether the segment being filled ends by `until`, in samples.
    pub(super) fn owes(&self, until: u64) -> bool {
        self.open.as_ref().is_some_and(|open| open.end <= until)
    }

    /// The segment being filled.
    pub(super) fn flush(&mut self) -> Option<Segment> {
        self.open.take().map(|open| open.segment)
    }
}

impl Filling {
    fn new(speaker: Speaker) -> Self {
        Self { segment: Segment { speaker, samples: Vec::new(), times: TimeMap::default() }, end: 0 }
    }

    fn takes(&self, speaker: Speaker, from: u64, samples: usize) -> bool {
        speaker == self.segment.speaker
            && from <= self.end + JOINED_GAP
            && self.segment.samples.len() + samples <= LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: usize = SAMPLE_RATE as usize;

    #[test]
    fn short_speech_is_joined_until_the_segment_is_full() {
        let mut packer = Packer::default();
        let ten = vec![0.1; 10 * SECOND];
        let step = 11 * SECOND as u64;
        assert_eq!(packer.add(Speaker::Mono, 0, &ten), None);
        assert_eq!(packer.add(Speaker::Mono, step, &ten), None);
        let full = packer.add(Speaker::Mono, 2 * step, &ten).unwrap();
        assert_eq!(full.samples.len(), 20 * SECOND);
        assert_eq!(packer.flush().unwrap().samples.len(), 10 * SECOND);
        assert_eq!(packer.flush(), None);
    }

    #[test]
    fn a_long_gap_or_another_speaker_starts_anew() {
        let mut packer = Packer::default();
        let one = vec![0.1; SECOND];
        packer.add(Speaker::Left, 0, &one);
        assert!(packer.add(Speaker::Both, SECOND as u64, &one).is_some());
        assert!(packer.flush_before(3 * SECOND as u64).is_none());
        assert!(packer.flush_before(5 * SECOND as u64).is_some());
    }
}
