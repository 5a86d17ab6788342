//! Linear layers in 32-bit floats: the reference that the 8-bit ones are judged by.

use super::cpu::Cpu;
use super::elementary::gelu_lanes;
use super::int8::Finish;
use super::lanes::{Lanes, each_lanes, load_n, store_n, vectorised};
use super::panels::{MOST_ROWS, PANEL, Panels, Rows, some_rows};

/// The weights `[outputs][inputs]` of a linear layer, packed once.
pub struct DenseMatrix {
    outputs: usize,
    inputs: usize,
    weights: Panels,
    /// Zeros beyond the outputs.
    bias: Vec<f32>,
}

impl DenseMatrix {
    /// Packs row-major weights.
    ///
    /// # Panics
    ///
    /// When the lengths do not match; loaders check shapes before.
    pub fn new(weights: &[f32], bias: Option<&[f32]>, outputs: usize, inputs: usize) -> Self {
        assert!(weights.len() == outputs * inputs, "shape {outputs}x{inputs}");
        let mut padded = vec![0.0; outputs.next_multiple_of(PANEL)];
        if let Some(bias) = bias {
            padded[..outputs].copy_from_slice(bias);
        }
        Self { outputs, inputs, weights: Panels::of_columns(weights, inputs, outputs), bias: padded }
    }

    /// Rows of the matrix: values a row of the result has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Columns of the matrix: values a row of the input has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Copies one row of weights.
    ///
    /// # Panics
    ///
    /// When there is no such row.
    pub fn row(&self, output: usize, out: &mut [f32]) {
        assert!(output < self.outputs && out.len() == self.inputs, "row {output} of {}", self.outputs);
        self.weights.column(output, out);
    }

    /// `y[i] = finish(x[i] · Wᵀ + bias)`; row `i` starts at `x[i * stride]`, `y` is `[rows][outputs]`.
    ///
    /// # Panics
    ///
    /// When a length does not match.
    pub fn multiply(&self, cpu: Cpu, x: &[f32], stride: usize, rows: usize, finish: Finish, y: &mut [f32]) {
        assert!(y.len() == rows * self.outputs, "{} values for {rows}x{}", y.len(), self.outputs);
        let rows = Rows { values: x, stride, count: rows };
        rows.assert_depth(self.inputs);
        multiply(cpu, self, rows, finish, y);
    }
}

vectorised! {
    fn multiply(matrix: &DenseMatrix, x: Rows<'_>, finish: Finish, y: &mut [f32]) = multiply_rows
}

#[inline(always)]
unsafe fn multiply_rows<L: Lanes>(matrix: &DenseMatrix, x: Rows<'_>, finish: Finish, y: &mut [f32]) {
    let outputs = matrix.outputs;
    let width = 2 * L::N;
    let mut sums = [0.0; MOST_ROWS * PANEL];
    for first in (0..outputs).step_by(width) {
        let columns = width.min(outputs - first);
        let mut row = 0;
        while row < x.count {
            // SAFETY: `DenseMatrix::multiply` has checked the rows; the sums have room for two vectors of every row,
            // and the bias is padded to whole panels.
            unsafe {
                let count = some_rows::<L>(x, row, &matrix.weights, first, sums.as_mut_ptr(), width);
                for (i, sums) in sums.chunks_exact(width).take(count).enumerate() {
                    let y = &mut y[(row + i) * outputs + first..][..columns];
                    finish_row::<L>(sums, &matrix.bias[first..], finish, y);
                }
                row += count;
            }
        }
    }
}

/// # Safety
///
/// As for [`Lanes`]; `sums` and `bias` reach a whole vector beyond what `y` holds.
#[inline(always)]
unsafe fn finish_row<L: Lanes>(sums: &[f32], bias: &[f32], finish: Finish, y: &mut [f32]) {
    // SAFETY: as the caller promises.
    unsafe {
        each_lanes!(L, y.len(), |i, n| {
            let x = L::add(L::load(sums.as_ptr().add(i)), L::load(bias.as_ptr().add(i)));
            let target = y.as_mut_ptr().add(i);
            let x = match finish {
                Finish::Store => x,
                Finish::Gelu => gelu_lanes::<L>(x),
                Finish::Add => L::add(x, load_n::<L>(target, n)),
            };
            store_n::<L>(target, n, x);
        });
    }
}
