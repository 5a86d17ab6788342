//! From 32-bit sums back to floats.

use std::ops::Range;

use super::super::elementary::gelu_lanes;
use super::super::lanes::{Lanes, each_lanes, load_n, store_n, vectorised};
use super::Sums;
use super::rows::Factor;

/// What happens to a result on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// `y ← x`
    Store,
    /// `y ← gelu(x)`
    Gelu,
    /// `y ← y + x`
    Add,
}

/// The part of a matrix that belongs to the 32 outputs of a block.
#[derive(Clone, Copy)]
pub(super) struct Outputs<'a> {
    pub(super) scales: &'a [f32],
    pub(super) sums: &'a [f32],
    pub(super) bias: &'a [f32],
}

vectorised! {
    /// Writes one block to `y`, `[row][width]`, at `columns` (32 of them, or fewer at the right edge).
    #[expect(clippy::too_many_arguments, reason = "a block of two operands and where it goes")]
    pub(super) fn block(
        outputs: Outputs<'_>, sums: &Sums, factors: &[Factor], finish: Finish, width: usize, columns: Range<usize>,
        y: &mut [f32],
    ) = write
}

#[inline(always)]
unsafe fn write<L: Lanes>(
    outputs: Outputs<'_>,
    sums: &Sums,
    factors: &[Factor],
    finish: Finish,
    width: usize,
    columns: Range<usize>,
    y: &mut [f32],
) {
    for (row, factor) in factors.iter().enumerate() {
        let y = &mut y[row * width + columns.start..row * width + columns.end];
        let sums = &sums.0[row];
        // SAFETY: `y` has `n` places left at `i`, and the 32 outputs of a block reach a whole vector beyond.
        unsafe {
            each_lanes!(L, y.len(), |i, n| {
                let (scales, sums_of, bias) = (outputs.scales.as_ptr(), outputs.sums.as_ptr(), outputs.bias.as_ptr());
                let constant = L::fma(L::splat(factor.offset), L::load(sums_of.add(i)), L::load(bias.add(i)));
                let scaled = L::mul(L::load_i32(sums.as_ptr().add(i)), L::splat(factor.scale));
                let x = L::fma(scaled, L::load(scales.add(i)), constant);
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
}
