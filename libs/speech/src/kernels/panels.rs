//! Products of float matrices whose right side is packed: linear layers and the two products of attention.

use super::cpu::{Cpu, Width};
use super::lanes::{Lanes, vectorised};

/// Sixteen floats on a cache line of their own.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([f32; 16]);

/// Columns of a panel that every path can read: two of the longest vectors, or several shorter ones.
pub(super) const PANEL: usize = 32;
/// Rows that [`some_rows`] takes at once.
pub(super) const MOST_ROWS: usize = 12;

/// A matrix `[depth][columns]` in panels of columns: `[columns / panel][depth][panel]`.
#[derive(Default)]
pub(super) struct Panels {
    depth: usize,
    columns: usize,
    panel: usize,
    lines: Vec<Line>,
}

impl Panels {
    /// Packs a matrix given by its columns, `[columns][depth]`, for any path.
    pub(super) fn of_columns(values: &[f32], depth: usize, columns: usize) -> Self {
        let lines = vec![Line([0.0; 16]); columns.next_multiple_of(PANEL) * depth / 16];
        let mut panels = Self { depth, columns, panel: PANEL, lines };
        for (column, values) in values.chunks_exact(depth.max(1)).enumerate() {
            panels.set_column(column, values);
        }
        panels
    }

    /// Copies a column.
    pub(super) fn column(&self, column: usize, out: &mut [f32]) {
        let lines_per_row = self.panel / 16;
        let start = column / self.panel * self.depth * lines_per_row + column % self.panel / 16;
        for (line, out) in self.lines[start..].iter().step_by(lines_per_row).zip(out) {
            *out = line.0[column % 16];
        }
    }

    /// Makes room for `[depth][columns]`; places beyond `columns` hold zeros or what an earlier matrix left there.
    pub(super) fn reserve(&mut self, cpu: Cpu, depth: usize, columns: usize) {
        let panel = if cpu.width() == Width::Avx512 { 32 } else { 16 };
        (self.depth, self.columns, self.panel) = (depth, columns, panel);
        let lines = columns.next_multiple_of(panel) * depth / 16;
        if self.lines.len() < lines {
            self.lines.resize(lines, Line([0.0; 16]));
        }
    }

    /// Columns with the padding that a product writes as well.
    pub(super) fn padded_columns(&self) -> usize {
        self.columns.next_multiple_of(self.panel)
    }

    pub(super) fn set_row(&mut self, row: usize, values: &[f32]) {
        debug_assert!(row < self.depth && values.len() == self.columns);
        for (panel, values) in values.chunks(self.panel).enumerate() {
            let start = (panel * self.depth + row) * self.panel / 16;
            for (line, values) in self.lines[start..].iter_mut().zip(values.chunks(16)) {
                line.0[..values.len()].copy_from_slice(values);
            }
        }
    }

    pub(super) fn set_column(&mut self, column: usize, values: &[f32]) {
        debug_assert!(column < self.columns && values.len() == self.depth);
        let lines_per_row = self.panel / 16;
        let start = column / self.panel * self.depth * lines_per_row + column % self.panel / 16;
        for (line, value) in self.lines[start..].iter_mut().step_by(lines_per_row).zip(values) {
            line.0[column % 16] = *value;
        }
    }
}

/// A row-major left side: row `i` starts at `values[i * stride]`.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) values: &'a [f32],
    pub(super) stride: usize,
    pub(super) count: usize,
}

impl Rows<'_> {
    /// # Panics
    ///
    /// When a row is not there in full.
    pub(super) fn assert_depth(&self, depth: usize) {
        let rest = self.count.saturating_sub(1) * self.stride;
        assert!(
            self.count == 0 || self.values.len() >= rest + depth,
            "{} values, rows every {}",
            self.values.len(),
            self.stride
        );
    }
}

/// `out[i] = rows[i] · panels`; `out` has rows of [`Panels::padded_columns`].
///
/// # Panics
///
/// When a length does not match.
pub(super) fn product(cpu: Cpu, rows: Rows<'_>, right: &Panels, out: &mut [f32]) {
    rows.assert_depth(right.depth);
    assert!(out.len() >= rows.count * right.padded_columns(), "result too short");
    assert!(right.panel == if cpu.width() == Width::Avx512 { 32 } else { 16 }, "packed for another path");
    multiply(cpu, rows, right, out);
}

vectorised! {
    fn multiply(rows: Rows<'_>, right: &Panels, out: &mut [f32]) = multiply_panels
}

#[inline(always)]
unsafe fn multiply_panels<L: Lanes>(rows: Rows<'_>, right: &Panels, out: &mut [f32]) {
    let width = right.padded_columns();
    for column in (0..width).step_by(2 * L::N) {
        let mut row = 0;
        while row < rows.count {
            // SAFETY: `product` has checked every length, and `width` is a multiple of two vectors.
            row +=
                unsafe { some_rows::<L>(rows, row, right, column, out.as_mut_ptr().add(row * width + column), width) };
        }
    }
}

/// As many rows as fit the registers, from `row` on, times two vectors of columns; returns how many rows. Each sum is
/// added up in the order of the depth, so that a result does not depend on the rows beside it.
///
/// # Safety
///
/// As for [`Lanes`]; `row < rows.count`, rows are as long as `right` is deep, `column` is a multiple of two vectors and
/// below the padded columns, `out` has room for two vectors every `width` for all remaining rows (at most [`MOST_ROWS`]).
#[inline(always)]
pub(super) unsafe fn some_rows<L: Lanes>(
    rows: Rows<'_>,
    row: usize,
    right: &Panels,
    column: usize,
    out: *mut f32,
    width: usize,
) -> usize {
    // SAFETY: the panels are `panel / 16` lines per row of `depth`; the rest is as the caller promises.
    unsafe {
        let start = column / right.panel * right.panel * right.depth + column % right.panel;
        let packed = (right.lines.as_ptr().cast::<f32>().add(start), right.panel);
        let left = (rows.values.as_ptr().add(row * rows.stride), rows.stride);
        match rows.count - row {
            12.. if const { L::ROWS >= 12 } => block::<L, 12>(left, packed, right.depth, out, width),
            8.. if const { L::ROWS >= 8 } => block::<L, 8>(left, packed, right.depth, out, width),
            6.. if const { L::ROWS >= 6 } => block::<L, 6>(left, packed, right.depth, out, width),
            4.. if const { L::ROWS >= 4 } => block::<L, 4>(left, packed, right.depth, out, width),
            2.. if const { L::ROWS >= 2 } => block::<L, 2>(left, packed, right.depth, out, width),
            _ => block::<L, 1>(left, packed, right.depth, out, width),
        }
    }
}

/// `M` rows times two vectors of columns; returns `M`. Both sides are pointers with the distance of their rows.
///
/// # Safety
///
/// As for [`Lanes`]; `left` has `M` rows of `depth` values, `packed` `depth` rows of two vectors, `out` `M` of them.
#[inline(always)]
unsafe fn block<L: Lanes, const M: usize>(
    (left, stride): (*const f32, usize),
    (packed, pitch): (*const f32, usize),
    depth: usize,
    out: *mut f32,
    width: usize,
) -> usize {
    // SAFETY: as the caller promises.
    unsafe {
        let mut sums = [[L::splat(0.0); 2]; M];
        for at in 0..depth {
            let p = packed.add(at * pitch);
            let right = [L::load(p), L::load(p.add(L::N))];
            for (i, sums) in sums.iter_mut().enumerate() {
                let left = L::splat(*left.add(i * stride + at));
                sums[0] = L::fma(left, right[0], sums[0]);
                sums[1] = L::fma(left, right[1], sums[1]);
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            L::store(out.add(i * width), sums[0]);
            L::store(out.add(i * width + L::N), sums[1]);
        }
    }
    M
}
