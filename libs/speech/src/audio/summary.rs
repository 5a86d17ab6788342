//! What is known of a recording before and after decoding it.

use std::time::Duration;

use super::Format;

/// Shortfall that is no truncation: encoder delay and padding, rounding of container time bases.
const TOLERANCE: Duration = Duration::from_millis(300);

/// What the container says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// Recognised by content, never by file name.
    pub format: Format,
    /// Samples per second before conversion.
    pub source_rate: u32,
    /// Channels in the file.
    pub source_channels: usize,
    /// Channels kept: two of a stereo file, otherwise one.
    pub channels: usize,
    /// How long the container says it is, if it says so.
    pub declared: Option<Duration>,
}

/// What decoding found.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// What the container said.
    pub info: Info,
    /// How much sound there was.
    pub decoded: Duration,
    /// Whether that was all of it.
    pub ending: Ending,
    /// Packets that could not be decoded; each was replaced by silence of its length.
    pub damaged_packets: u64,
    /// Largest absolute sample, 0 to 1. A recording of nothing has 0.
    pub peak: f32,
}

/// Whether a recording was decoded to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// As long as declared, or the end is marked.
    Complete,
    /// The container neither declares a length nor marks its end (AMR, ADTS, MP3 without a Xing header, a WAV
    /// whose recorder never filled in the length), and its last packet is whole.
    Undeclared,
    /// There should have been more.
    Truncated {
        /// How much sound there was.
        decoded: Duration,
        /// How much there should have been, if the container says so.
        declared: Option<Duration>,
    },
}

/// How the bytes came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With the container's own mark.
    Marked,
    /// Behind a whole packet.
    Unmarked,
    /// In the middle of something.
    Cut,
}

impl Ending {
    pub(crate) fn of(end: End, decoded: Duration, declared: Option<Duration>) -> Self {
        let short = declared.is_some_and(|declared| decoded + TOLERANCE < declared);
        if short || end == End::Cut {
            return Self::Truncated { decoded, declared };
        }
        if end == End::Unmarked && declared.is_none() {
            return Self::Undeclared;
        }
        Self::Complete
    }

    /// Whether there should have been more.
    pub fn is_truncated(&self) -> bool {
        matches!(self, Self::Truncated { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEN: Duration = Duration::from_secs(10);

    #[test]
    fn a_recording_shorter_than_declared_is_truncated_whatever_its_end() {
        let short = Duration::from_secs(8);
        for end in [End::Marked, End::Unmarked, End::Cut] {
            assert!(Ending::of(end, short, Some(TEN)).is_truncated());
        }
        assert_eq!(Ending::of(End::Unmarked, TEN, Some(TEN + TOLERANCE)), Ending::Complete);
    }

    #[test]
    fn without_a_declared_length_the_mark_decides() {
        assert_eq!(Ending::of(End::Marked, TEN, None), Ending::Complete);
        assert_eq!(Ending::of(End::Unmarked, TEN, None), Ending::Undeclared);
        assert!(Ending::of(End::Cut, TEN, None).is_truncated());
    }
}
