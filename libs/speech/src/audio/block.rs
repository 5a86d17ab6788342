//! A stretch of decoded sound.

/// Consecutive samples at [`super::SAMPLE_RATE`], between −1 and 1, one vector for each channel kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Index of the first sample, counted from the start of the recording.
    pub start: u64,
    /// One channel, or left and right; all of the same length.
    pub channels: Vec<Vec<f32>>,
}

impl Block {
    /// Samples in each channel.
    pub fn len(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    /// Whether there is no sound in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
