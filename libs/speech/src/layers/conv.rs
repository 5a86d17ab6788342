//! Convolution over time with three taps, as a linear layer over overlapping windows.

use super::compute::Compute;
use super::{Linear, Precision, Weights};
use crate::error::ModelError;
use crate::kernels::Finish;

const TAPS: usize = 3;
/// Rows that a thread computes at a time.
const ROWS: usize = 128;

/// A convolution with three taps, one row of padding on each side, and GELU after it.
pub struct Conv1d {
    layer: Linear,
    channels: usize,
    stride: usize,
}

impl Conv1d {
    /// Loads `{name}.weight` (`[outputs][channels][3]`) and `{name}.bias`.
    pub fn load(
        weights: &Weights,
        name: &str,
        precision: Precision,
        outputs: usize,
        channels: usize,
        stride: usize,
    ) -> Result<Self, ModelError> {
        let stored = weights.get(&format!("{name}.weight"), &[outputs, channels, TAPS])?;
        let bias = weights.get(&format!("{name}.bias"), &[outputs])?;
        let layer = Linear::new(precision, by_tap(&stored, channels), Some(bias), outputs, channels * TAPS);
        Ok(Self { layer, channels, stride })
    }

    /// Rows that come out for `rows` rows in.
    pub fn output_rows(&self, rows: usize) -> usize {
        rows.div_ceil(self.stride)
    }

    /// `x` is `[1 + rows + 1][channels]` with zeros in the first and the last row, `y` `[output_rows][outputs]`.
    pub fn forward(&self, compute: &Compute, x: &[f32], y: &mut [f32]) {
        let step = self.stride * self.channels;
        compute.each_chunk(y, ROWS * self.layer.outputs(), |index, y, scratch| {
            let x = &x[index * ROWS * step..];
            self.layer.forward_strided(compute.cpu(), x, step, Finish::Gelu, &mut scratch.quantised, y);
        });
    }
}

/// From `[output][channel][tap]` to `[output][tap][channel]`, so that a window is a run of whole rows.
fn by_tap(weights: &[f32], channels: usize) -> Vec<f32> {
    let output = |w: &[f32]| -> Vec<f32> {
        (0..TAPS).flat_map(|tap| w.iter().skip(tap).step_by(TAPS).copied().collect::<Vec<_>>()).collect()
    };
    weights.chunks_exact(channels * TAPS).flat_map(output).collect()
}
