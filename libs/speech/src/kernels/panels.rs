//! Products of float matrices whose right side is packed: the two products of attention.

use super::cpu::{Cpu, Width};
use super::lanes::{Lanes, vectorised};

/// Sixteen floats on a cache line of their own.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Line([f32; 16]);

/// A matrix `[depth][columns]` in panels of two vectors: `[columns / panel][depth][panel]`.
#[derive(Default)]
pub(super) struct Panels {
    depth: usize,
    columns: usize,
    panel: usize,
    lines: Vec<Line>,
}

impl Panels {
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

/// `out[i] = rows[i] · panels`; `out` has rows of [`Panels::padded_columns`].
///
/// # Panics
///
/// When a length does not match.
pub(super) fn product(cpu: Cpu, rows: Rows<'_>, right: &Panels, out: &mut [f32]) {
    assert!(rows.values.len() >= rows.count.saturating_sub(1) * rows.stride + right.depth, "left side too short");
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
    for panel in 0..width / right.panel {
        // SAFETY: `product` has checked every length; the panels are `panel / 16` lines per row of `depth`.
        unsafe {
            let packed = right.lines.as_ptr().cast::<f32>().add(panel * right.panel * right.depth);
            let mut row = 0;
            while row < rows.count {
                let left = rows.values.as_ptr().add(row * rows.stride);
                let out = out.as_mut_ptr().add(row * width + panel * right.panel);
                row += match rows.count - row {
                    12.. if const { L::ROWS >= 12 } => {
                        block::<L, 12>(left, rows.stride, packed, right.depth, out, width)
                    }
                    6.. if const { L::ROWS >= 6 } => block::<L, 6>(left, rows.stride, packed, right.depth, out, width),
                    3.. if const { L::ROWS >= 3 } => block::<L, 3>(left, rows.stride, packed, right.depth, out, width),
                    _ => block::<L, 1>(left, rows.stride, packed, right.depth, out, width),
                };
            }
        }
    }
}

/// `M` rows times one panel, which is two vectors wide; returns `M`.
///
/// # Safety
///
/// As for [`Lanes`]; `left` has `M` rows of `depth` values, `packed` `depth` rows of a panel, `out` `M` rows of a panel.
#[inline(always)]
unsafe fn block<L: Lanes, const M: usize>(
    left: *const f32,
    stride: usize,
    packed: *const f32,
    depth: usize,
    out: *mut f32,
    width: usize,
) -> usize {
    // SAFETY: as the caller promises.
    unsafe {
        let mut sums = [[L::splat(0.0); 2]; M];
        for at in 0..depth {
            let p = packed.add(at * 2 * L::N);
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
