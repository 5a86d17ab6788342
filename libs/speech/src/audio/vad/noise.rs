//! The noise floor: the least that a band has held for some seconds.

use std::collections::VecDeque;

use super::frames::{BANDS, Frame};

/// Frames that share one minimum.
const PART: u32 = 25;

/// Parts remembered; with the current one 5.5 s, longer than anybody speaks without a gap between words.
const PARTS: usize = 10;

/// The least of a smoothed noise is below its mean by about this factor.
const BIAS: f32 = 1.5;

/// How much a new frame counts in the smoothed power.
const SMOOTHING: f32 = 0.3;

type Bands = [f32; BANDS];

/// Follows the noise floor of each band by minimum statistics.
pub(super) struct NoiseFloor {
    smoothed: Option<Bands>,
    current: Bands,
    count: u32,
    parts: VecDeque<Bands>,
}

impl NoiseFloor {
    pub(super) fn new() -> Self {
        Self { smoothed: None, current: [f32::INFINITY; BANDS], count: 0, parts: VecDeque::new() }
    }

    /// Takes the frame into account.
    pub(super) fn hear(&mut self, frame: &Frame) {
        let smoothed = self.smoothed.get_or_insert(frame.bands);
        for (smoothed, band) in smoothed.iter_mut().zip(frame.bands) {
            *smoothed += SMOOTHING * (band - *smoothed);
        }
        self.current = least(&self.current, smoothed);
        self.count += 1;
        if self.count == PART {
            self.parts.push_back(std::mem::replace(&mut self.current, [f32::INFINITY; BANDS]));
            self.count = 0;
            if self.parts.len() > PARTS {
                self.parts.pop_front();
            }
        }
    }

    /// The noise power of each band.
    pub(super) fn floor(&self) -> Bands {
        let least = self.parts.iter().fold(self.current, |floor, part| least(&floor, part));
        least.map(|power| if power.is_finite() { power * BIAS } else { 0.0 })
    }
}

fn least(one: &Bands, other: &Bands) -> Bands {
    std::array::from_fn(|band| one[band].min(other[band]))
}
