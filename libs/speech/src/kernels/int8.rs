//! Linear layers in 8 bits: weights with one scale per output, packed once; activations quantised per row on the way
//! in; exact 32-bit sums; bias, GELU or residual on the way out.

#[cfg(target_arch = "x86_64")]
mod amx;
#[cfg(target_arch = "x86_64")]
mod avx2;
mod finish;
mod portable;
mod rows;
#[cfg(target_arch = "x86_64")]
mod vnni;

use std::ops::Range;

#[cfg(target_arch = "x86_64")]
pub(super) use amx::Tiles;
pub use finish::Finish;
pub use rows::QuantRows;

use super::cpu::{Cpu, Path};

/// One cache line: 16 outputs × 4 inputs of weights, or 64 inputs of a row.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Line(pub(super) [u8; 64]);

impl Line {
    pub(super) const ZERO: Self = Self([0; 64]);
}

/// Outputs that are computed together: two groups of 16.
pub(super) const PAIR: usize = 32;
/// Rows of the largest block that any path computes at once.
pub(super) const BLOCK: usize = 32;
/// Beyond this a sum of products of bytes could leave 32 bits.
const MAX_INPUTS: usize = 65_536;
/// From this many rows on, tiles beat vectors even when half of them stay empty.
const AMX_ROWS: usize = 12;

/// Sums of products of one block: `[row][output]`.
#[repr(C, align(64))]
pub(super) struct Sums(pub(super) [[i32; PAIR]; BLOCK]);

/// The weights `[outputs][inputs]` of a linear layer, in 8 bits, laid out for dot products of four:
/// `[outputs / 16][inputs / 4][16][4]`.
pub struct QuantMatrix {
    outputs: usize,
    inputs: usize,
    lines: Vec<Line>,
    scales: Vec<f32>,
    /// Σ of each output's weights, scaled: what a constant added to all inputs would add to the output.
    sums: Vec<f32>,
    bias: Vec<f32>,
}

impl QuantMatrix {
    /// Quantises `weights`, row-major `[outputs][inputs]`.
    ///
    /// # Panics
    ///
    /// When the lengths do not match or `inputs` is not 1 to 65,536; loaders check shapes before.
    pub fn quantise(weights: &[f32], bias: Option<&[f32]>, outputs: usize, inputs: usize) -> Self {
        assert!(weights.len() == outputs * inputs && (1..=MAX_INPUTS).contains(&inputs), "shape {outputs}x{inputs}");
        let (padded, groups) = (outputs.next_multiple_of(PAIR), inputs.next_multiple_of(64) / 4);
        let mut matrix = Self {
            outputs,
            inputs,
            lines: vec![Line::ZERO; padded / 16 * groups],
            scales: vec![0.0; padded],
            sums: vec![0.0; padded],
            bias: vec![0.0; padded],
        };
        if let Some(bias) = bias {
            matrix.bias[..outputs].copy_from_slice(bias);
        }
        for (output, row) in weights.chunks_exact(inputs).enumerate() {
            matrix.set_output(output, row, groups);
        }
        matrix
    }

    fn set_output(&mut self, output: usize, row: &[f32], groups: usize) {
        let largest = row.iter().fold(0f32, |a, b| a.max(b.abs()));
        let scale = largest / 127.0;
        let inverse = if scale > 0.0 { scale.recip() } else { 0.0 };
        let mut sum = 0i32;
        for (input, weight) in row.iter().enumerate() {
            let q = (weight * inverse).round() as i8;
            sum += i32::from(q);
            self.lines[output / 16 * groups + input / 4].0[output % 16 * 4 + input % 4] = q.cast_unsigned();
        }
        self.scales[output] = scale;
        self.sums[output] = sum as f32 * scale;
    }

    /// Rows of the matrix: values a row of the result has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Columns of the matrix: values a row of the input has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// `y[row] = finish(x[row] · Wᵀ + bias)` for all outputs; `y` is `[x.rows()][outputs]`.
    pub fn multiply(&self, cpu: Cpu, x: &QuantRows, finish: Finish, y: &mut [f32]) {
        self.multiply_part(cpu, x, 0..self.outputs, finish, y);
    }

    /// The same for some outputs alone, starting at a multiple of 32; `y` is `[x.rows()][part.len()]`.
    ///
    /// # Panics
    ///
    /// When a length does not match, or the rows were quantised for another path.
    pub fn multiply_part(&self, cpu: Cpu, x: &QuantRows, part: Range<usize>, finish: Finish, y: &mut [f32]) {
        assert!(part.start.is_multiple_of(PAIR) && part.end <= self.outputs, "outputs {part:?} of {}", self.outputs);
        assert!(x.inputs() == self.inputs && x.levels() <= rows::levels(cpu), "rows of another layer or path");
        assert!(y.len() == x.rows() * part.len(), "{} values for {}x{}", y.len(), x.rows(), part.len());
        let tiles = cpu.path() == Path::Amx && x.rows() >= AMX_ROWS;
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the `Cpu` is the proof that the processor has tiles and the system grants them.
        let _tiles = tiles.then(|| unsafe { amx::Tiles::configure() });
        let step = block_rows(cpu, tiles);
        let mut sums = Sums([[0; PAIR]; BLOCK]);
        for first in part.clone().step_by(PAIR) {
            for row in (0..x.rows()).step_by(step) {
                let rows = step.min(x.rows() - row);
                self.block(cpu, tiles, x, row, rows, first, &mut sums);
                let width = part.len();
                let columns = first - part.start..(first + PAIR).min(part.end) - part.start;
                finish::block(
                    cpu,
                    self.finish(first),
                    &sums,
                    x.factors(row, rows),
                    finish,
                    width,
                    columns,
                    &mut y[row * width..],
                );
            }
        }
    }

    fn finish(&self, first: usize) -> finish::Outputs<'_> {
        let range = first..first + PAIR;
        finish::Outputs {
            scales: &self.scales[range.clone()],
            sums: &self.sums[range.clone()],
            bias: &self.bias[range],
        }
    }

    /// `sums[r][o] = Σ x[row + r] · w[first + o]` for `rows` rows and 32 outputs.
    #[expect(clippy::too_many_arguments, reason = "a block of two operands and where it goes")]
    fn block(&self, cpu: Cpu, tiles: bool, x: &QuantRows, row: usize, rows: usize, first: usize, sums: &mut Sums) {
        let groups = self.inputs.next_multiple_of(64) / 4;
        let weights = &self.lines[first / 16 * groups..(first + PAIR) / 16 * groups];
        let x = x.lines(row, if tiles { BLOCK } else { rows });
        match cpu.path() {
            Path::Portable => portable::block(x, weights, rows, sums),
            // SAFETY: the `Cpu` is the proof of the instructions; `x` holds `rows` rows (32 for tiles, configured
            // by the caller) of `groups / 16` lines, `weights` twice `groups` lines.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => unsafe { avx2::block(x, weights, rows, sums) },
            #[cfg(target_arch = "x86_64")]
            Path::Amx if tiles => unsafe { amx::block(x, weights, sums) },
            #[cfg(target_arch = "x86_64")]
            Path::Avx512Vnni | Path::Amx => unsafe { vnni::block(x, weights, rows, sums) },
            #[cfg(not(target_arch = "x86_64"))]
            _ => portable::block(x, weights, rows, sums),
        }
    }
}

fn block_rows(cpu: Cpu, tiles: bool) -> usize {
    match cpu.path() {
        _ if tiles => BLOCK,
        Path::Avx512Vnni | Path::Amx => 12,
        Path::Avx2 => 4,
        Path::Portable => 8,
    }
}
