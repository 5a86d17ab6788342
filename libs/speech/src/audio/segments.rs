//! The whole way from bytes to segments.

use std::time::Duration;

use super::{AudioError, Cancel, Info, Input, Limits, Recording, Segment, Segmenter, Summary, duration_of};

/// Decodes a recording and yields its speech; see [`Segments`].
pub fn segments(input: Input, limits: &Limits, cancel: &Cancel) -> Result<Segments, AudioError> {
    let recording = Recording::open(input, limits, cancel)?;
    let segmenter = Segmenter::new(recording.info().channels);
    Ok(Segments { recording, segmenter, decoded: 0, finished: false })
}

/// The speech of a recording, in the order in which it ends, each channel in order of time.
///
/// After the last segment [`Segments::summary`] tells whether the recording was whole. An error ends the
/// iteration; segments before it are good.
pub struct Segments {
    recording: Recording,
    segmenter: Segmenter,
    decoded: u64,
    finished: bool,
}

/// How far a recording has been decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Decoded so far.
    pub decoded: Duration,
    /// What the container says there is.
    pub declared: Option<Duration>,
}

impl Segments {
    /// What the container says.
    pub fn info(&self) -> &Info {
        self.recording.info()
    }

    /// How far the recording has been decoded.
    pub fn progress(&self) -> Progress {
        Progress { decoded: duration_of(self.decoded), declared: self.info().declared }
    }

    /// What decoding found; `None` before the last segment.
    pub fn summary(&self) -> Option<&Summary> {
        self.recording.summary()
    }

    /// Speech found so far, added up over the channels.
    pub fn speech(&self) -> Duration {
        self.segmenter.speech()
    }

    fn advance(&mut self) -> Result<(), AudioError> {
        if let Some(block) = self.recording.next_block()? {
            self.decoded += block.len() as u64;
            self.segmenter.push(&block);
        } else {
            self.segmenter.finish();
            self.finished = true;
        }
        Ok(())
    }
}

impl Iterator for Segments {
    type Item = Result<Segment, AudioError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(segment) = self.segmenter.next_segment() {
                return Some(Ok(segment));
            }
            if self.finished {
                return None;
            }
            if let Err(error) = self.advance() {
                self.finished = true;
                return Some(Err(error));
            }
        }
    }
}
