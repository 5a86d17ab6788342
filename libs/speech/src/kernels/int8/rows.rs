//! Activations in 8 bits.

use super::super::cpu::{Cpu, Path};
use super::super::lanes::{Lanes, each_lanes, first_n, load_n, vectorised};
use super::{BLOCK, Line};

/// Rows of inputs in 8 bits, each with its own scale and offset: `x ≈ q · scale + offset`.
#[derive(Default)]
pub struct QuantRows {
    rows: usize,
    inputs: usize,
    levels: f32,
    lines: Vec<Line>,
    factors: Vec<Factor>,
}

/// What a row's bytes stand for.
#[derive(Clone, Copy, Default)]
pub(in crate::kernels) struct Factor {
    pub(in crate::kernels) scale: f32,
    pub(in crate::kernels) offset: f32,
}

/// The highest value a byte of activations takes. AVX2 adds two products in 16 bits, which holds 127 · 127 · 2 and
/// not 255 · 127 · 2.
pub(super) fn levels(cpu: Cpu) -> f32 {
    if cpu.path() == Path::Avx2 { 127.0 } else { 255.0 }
}

impl QuantRows {
    /// Quantises `rows` rows of `inputs` values; row `i` starts at `x[i * stride]`, so that rows may overlap.
    ///
    /// # Panics
    ///
    /// When `x` is too short.
    pub fn fill(&mut self, cpu: Cpu, x: &[f32], stride: usize, rows: usize, inputs: usize) {
        self.reserve(cpu, rows, inputs);
        for row in 0..rows {
            self.set(cpu, row, &x[row * stride..row * stride + inputs]);
        }
    }

    /// Makes room for `rows` rows that [`QuantRows::set`] is to write.
    pub fn reserve(&mut self, cpu: Cpu, rows: usize, inputs: usize) {
        (self.rows, self.inputs, self.levels) = (rows, inputs, levels(cpu));
        let lines = rows.next_multiple_of(BLOCK) * self.row_lines();
        if self.lines.len() < lines {
            self.lines.resize(lines, Line::ZERO);
        }
        if self.factors.len() < rows {
            self.factors.resize(rows, Factor::default());
        }
    }

    /// Quantises one row.
    ///
    /// # Panics
    ///
    /// When the row does not exist or has another length.
    pub fn set(&mut self, cpu: Cpu, row: usize, x: &[f32]) {
        assert!(row < self.rows && x.len() == self.inputs, "row {row} of {}, {} values", self.rows, x.len());
        let width = self.row_lines();
        self.factors[row] = quantise(cpu, x, &mut self.lines[row * width..(row + 1) * width], self.levels);
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Values per row.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    pub(super) fn levels(&self) -> f32 {
        self.levels
    }

    fn row_lines(&self) -> usize {
        self.inputs.div_ceil(64)
    }

    pub(super) fn lines(&self, row: usize, rows: usize) -> &[Line] {
        &self.lines[row * self.row_lines()..(row + rows) * self.row_lines()]
    }

    pub(super) fn factors(&self, row: usize, rows: usize) -> &[Factor] {
        &self.factors[row..row + rows]
    }
}

vectorised! {
    fn quantise(x: &[f32], out: &mut [Line], levels: f32) -> Factor = quantise_row
}

#[inline(always)]
unsafe fn quantise_row<L: Lanes>(x: &[f32], out: &mut [Line], levels: f32) -> Factor {
    debug_assert!(out.len() * 64 >= x.len());
    let (source, len) = (x.as_ptr(), x.len());
    let out = out.as_mut_ptr().cast::<u8>();
    // SAFETY: every access stays below `len`, which both slices hold.
    unsafe {
        let low = L::splat(f32::NEG_INFINITY);
        let (mut top, mut bottom) = (low, low);
        each_lanes!(L, len, |i, n| {
            let v = load_n::<L>(source.add(i), n);
            top = L::max(first_n::<L>(v, n, low), top);
            bottom = L::max(first_n::<L>(L::sub(L::splat(0.0), v), n, low), bottom);
        });
        let (top, bottom) = (L::largest(top), -L::largest(bottom));
        let range = top - bottom;
        let inverse = if range > 0.0 { levels / range } else { 0.0 };
        each_lanes!(L, len, |i, n| {
            let v = L::sub(load_n::<L>(source.add(i), n), L::splat(bottom));
            L::store_u8(out.add(i), n, L::mul(v, L::splat(inverse)));
        });
        Factor { scale: range / levels, offset: bottom }
    }
}
