//! Elementary functions of each lane.

use super::lanes::Lanes;

const LOG2_E: f32 = std::f32::consts::LOG2_E;
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;
const EXP: [f32; 6] = [1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 5e-1];

/// e to the power of each lane (Cephes' polynomial), clipped to what a float holds.
///
/// # Safety
///
/// As for every method of [`Lanes`].
#[inline(always)]
pub(super) unsafe fn exp<L: Lanes>(x: L::V) -> L::V {
    // SAFETY: passed on to the caller.
    unsafe {
        let x = L::max(L::min(x, L::splat(88.0)), L::splat(-87.3));
        let power = L::round(L::mul(x, L::splat(LOG2_E)));
        let rest = L::fma(power, L::splat(-LN_2_HIGH), x);
        let rest = L::fma(power, L::splat(-LN_2_LOW), rest);
        let mut sum = L::splat(EXP[0]);
        for factor in &EXP[1..] {
            sum = L::fma(sum, rest, L::splat(*factor));
        }
        let sum = L::add(L::fma(L::mul(rest, rest), sum, rest), L::splat(1.0));
        L::scale(sum, power)
    }
}

/// Abramowitz and Stegun 7.1.26: |error| ≤ 1.5e-7 for `x ≥ 0`.
const ERF: [f32; 5] = [1.061_405_4, -1.453_152_1, 1.421_413_8, -0.284_496_72, 0.254_829_6];
const ERF_P: f32 = 0.327_591_1;

/// GELU of each lane. `erf` is odd, so that `x · erf(x)` needs the magnitude alone.
///
/// # Safety
///
/// As for every method of [`Lanes`].
#[inline(always)]
pub(super) unsafe fn gelu_lanes<L: Lanes>(x: L::V) -> L::V {
    // SAFETY: passed on to the caller.
    unsafe {
        let zero = L::splat(0.0);
        let magnitude = L::max(x, L::sub(zero, x));
        let scaled = L::mul(magnitude, L::splat(std::f32::consts::FRAC_1_SQRT_2));
        let inverse = L::div(L::splat(1.0), L::fma(scaled, L::splat(ERF_P), L::splat(1.0)));
        let mut sum = L::splat(ERF[0]);
        for factor in &ERF[1..] {
            sum = L::fma(sum, inverse, L::splat(*factor));
        }
        let tail = L::mul(L::mul(sum, inverse), exp::<L>(L::sub(zero, L::mul(scaled, scaled))));
        let erf = L::sub(L::splat(1.0), tail);
        L::mul(L::splat(0.5), L::fma(magnitude, erf, x))
    }
}
