//! Keys and values that a decoder stores.

use half::f16;
use half::slice::HalfFloatSliceExt;

/// Positions whose keys lie side by side.
pub(super) const GROUP: usize = 16;

/// How a [`KvCache`] stores its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KvPrecision {
    /// 32-bit floats.
    Single,
    /// 16-bit floats: half the memory traffic, for keys and values read at every step.
    Half,
}

/// Values in either precision.
pub(super) enum Store {
    Single(Vec<f32>),
    Half(Vec<f16>),
}

impl Store {
    fn zeros(precision: KvPrecision, len: usize) -> Self {
        match precision {
            KvPrecision::Single => Self::Single(vec![0.0; len]),
            KvPrecision::Half => Self::Half(vec![f16::ZERO; len]),
        }
    }

    /// Writes `values` at `start`, `start + step`, and so on.
    fn scatter(&mut self, start: usize, step: usize, values: &[f32]) {
        match self {
            Self::Single(all) => all[start..].iter_mut().step_by(step).zip(values).for_each(|(to, x)| *to = *x),
            Self::Half(all) => {
                let mut half = [f16::ZERO; 64];
                for (part, values) in values.chunks(half.len()).enumerate() {
                    let half = &mut half[..values.len()];
                    half.convert_from_f32_slice(values);
                    let to = all[start + part * 64 * step..].iter_mut().step_by(step);
                    to.zip(half).for_each(|(to, x)| *to = *x);
                }
            }
        }
    }
}

/// Keys and values of one layer for one sequence, by head: keys `[head][position / 16][width][16]`, values
/// `[head][position][width]`, with the width of a head filled up to a multiple of 16.
pub struct KvCache {
    pub(super) heads: usize,
    pub(super) width: usize,
    pub(super) padded: usize,
    pub(super) capacity: usize,
    pub(super) length: usize,
    pub(super) keys: Store,
    pub(super) values: Store,
}

impl KvCache {
    /// Room for `capacity` positions of `heads` heads of `width` values.
    pub fn new(precision: KvPrecision, heads: usize, width: usize, capacity: usize) -> Self {
        let (padded, capacity) = (width.next_multiple_of(GROUP), capacity.next_multiple_of(GROUP));
        let len = heads * capacity * padded;
        let (keys, values) = (Store::zeros(precision, len), Store::zeros(precision, len));
        Self { heads, width, padded, capacity, length: 0, keys, values }
    }

    /// Positions stored.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether no position is stored.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Forgets all positions.
    pub fn clear(&mut self) {
        self.length = 0;
    }

    /// Adds a position: `heads * width` values each.
    ///
    /// # Panics
    ///
    /// When the cache is full or a length does not match.
    pub fn push(&mut self, key: &[f32], value: &[f32]) {
        assert!(self.length < self.capacity, "position {} of {}", self.length, self.capacity);
        assert!(key.len() == self.heads * self.width && value.len() == key.len());
        let at = self.length;
        let parts = key.chunks_exact(self.width).zip(value.chunks_exact(self.width));
        for (head, (key, value)) in parts.enumerate() {
            let start = head * self.capacity * self.padded;
            self.keys.scatter(start + at / GROUP * GROUP * self.padded + at % GROUP, GROUP, key);
            self.values.scatter(start + at * self.padded, 1, value);
        }
        self.length += 1;
    }
}
