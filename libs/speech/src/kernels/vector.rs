//! Functions over one row of floats.

use super::elementary::{exp, gelu_lanes};
use super::lanes::{Lanes, each_lanes, first_n, load_n, store_n, vectorised};

vectorised! {
    /// `x ← exp(x) / Σ exp(x)`; an empty row stays empty.
    pub fn softmax(row: &mut [f32]) = softmax_row
}
vectorised! {
    /// `x ← x/2 · (1 + erf(x/√2))`, the exact GELU of Whisper and BERT, to 2e-7.
    pub fn gelu(values: &mut [f32]) = gelu_all
}
vectorised! {
    /// `out ← (x − mean) / √(variance + epsilon) · weight + bias` for rows of `weight.len()` values.
    pub fn layer_norm(x: &[f32], weight: &[f32], bias: &[f32], epsilon: f32, out: &mut [f32]) = layer_norm_rows
}
vectorised! {
    /// `x ← x + y`, as far as both reach.
    pub fn add(x: &mut [f32], y: &[f32]) = add_all
}
vectorised! {
    /// `ln Σ exp(x)`; minus infinity for an empty row.
    pub fn log_sum_exp(row: &[f32]) -> f32 = log_sum
}
vectorised! {
    /// Replaces a row by `exp(x − max)` and returns the sum of that.
    pub(super) fn exp_row(row: &mut [f32]) -> f32 = exponentials
}

/// Applies an expression to every lane of a slice.
macro_rules! map_lanes {
    ($L:ident, $values:expr, |$x:ident| $f:expr) => {{
        let p = $values.as_mut_ptr();
        each_lanes!($L, $values.len(), |i, n| {
            let $x = load_n::<$L>(p.add(i), n);
            store_n::<$L>(p.add(i), n, $f);
        });
    }};
}

#[inline(always)]
unsafe fn gelu_all<L: Lanes>(values: &mut [f32]) {
    // SAFETY: the macro stays within the slice.
    unsafe { map_lanes!(L, values, |x| gelu_lanes::<L>(x)) }
}

#[inline(always)]
unsafe fn multiply_all<L: Lanes>(values: &mut [f32], factor: f32) {
    // SAFETY: the macro stays within the slice.
    unsafe { map_lanes!(L, values, |x| L::mul(x, L::splat(factor))) }
}

#[inline(always)]
unsafe fn add_all<L: Lanes>(x: &mut [f32], y: &[f32]) {
    let len = x.len().min(y.len());
    let (x, y) = (x.as_mut_ptr(), y.as_ptr());
    // SAFETY: both slices have `len` elements.
    unsafe {
        each_lanes!(L, len, |i, n| {
            store_n::<L>(x.add(i), n, L::add(load_n::<L>(x.add(i), n), load_n::<L>(y.add(i), n)));
        });
    }
}

#[inline(always)]
pub(super) unsafe fn largest<L: Lanes>(row: &[f32]) -> f32 {
    // SAFETY: the macro stays within the slice.
    unsafe {
        let low = L::splat(f32::NEG_INFINITY);
        let mut top = low;
        let p = row.as_ptr();
        each_lanes!(L, row.len(), |i, n| top = L::max(first_n::<L>(load_n::<L>(p.add(i), n), n, low), top));
        L::largest(top)
    }
}

#[inline(always)]
unsafe fn exponentials<L: Lanes>(row: &mut [f32]) -> f32 {
    // SAFETY: the macro stays within the slice.
    unsafe {
        let top = L::splat(largest::<L>(row));
        let zero = L::splat(0.0);
        let mut sum = zero;
        let p = row.as_mut_ptr();
        each_lanes!(L, row.len(), |i, n| {
            let e = exp::<L>(L::sub(load_n::<L>(p.add(i), n), top));
            store_n::<L>(p.add(i), n, e);
            sum = L::add(sum, first_n::<L>(e, n, zero));
        });
        L::sum(sum)
    }
}

#[inline(always)]
unsafe fn softmax_row<L: Lanes>(row: &mut [f32]) {
    // SAFETY: passed on to the caller.
    unsafe {
        let sum = exponentials::<L>(row);
        multiply_all::<L>(row, 1.0 / sum);
    }
}

#[inline(always)]
unsafe fn log_sum<L: Lanes>(row: &[f32]) -> f32 {
    if row.is_empty() {
        return f32::NEG_INFINITY;
    }
    // SAFETY: the macro stays within the slice.
    unsafe {
        let top = largest::<L>(row);
        let zero = L::splat(0.0);
        let mut sum = zero;
        let p = row.as_ptr();
        each_lanes!(L, row.len(), |i, n| {
            let e = exp::<L>(L::sub(load_n::<L>(p.add(i), n), L::splat(top)));
            sum = L::add(sum, first_n::<L>(e, n, zero));
        });
        top + L::sum(sum).ln()
    }
}

#[inline(always)]
unsafe fn layer_norm_rows<L: Lanes>(x: &[f32], weight: &[f32], bias: &[f32], epsilon: f32, out: &mut [f32]) {
    let width = weight.len().min(bias.len()).max(1);
    for (row, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
        // SAFETY: all four slices have `width` elements.
        unsafe { layer_norm_row::<L>(row, weight, bias, epsilon, out) }
    }
}

#[inline(always)]
unsafe fn layer_norm_row<L: Lanes>(row: &[f32], weight: &[f32], bias: &[f32], epsilon: f32, out: &mut [f32]) {
    let (source, target) = (row.as_ptr(), out.as_mut_ptr());
    let (weight, bias) = (weight.as_ptr(), bias.as_ptr());
    let count = row.len() as f32;
    // SAFETY: the macro stays within `row`, and the caller's slices are as long.
    unsafe {
        let zero = L::splat(0.0);
        let mut sum = zero;
        each_lanes!(L, row.len(), |i, n| sum = L::add(sum, load_n::<L>(source.add(i), n)));
        let mean = L::splat(L::sum(sum) / count);
        let mut squares = zero;
        each_lanes!(L, row.len(), |i, n| {
            let distance = first_n::<L>(L::sub(load_n::<L>(source.add(i), n), mean), n, zero);
            squares = L::fma(distance, distance, squares);
        });
        let inverse = L::splat(1.0 / (L::sum(squares) / count + epsilon).sqrt());
        each_lanes!(L, row.len(), |i, n| {
            let normal = L::mul(L::sub(load_n::<L>(source.add(i), n), mean), inverse);
            let moved = L::fma(normal, load_n::<L>(weight.add(i), n), load_n::<L>(bias.add(i), n));
            store_n::<L>(target.add(i), n, moved);
        });
    }
}
