//! Attention of single positions over stored keys and values: what a decoder does at every step.

use half::f16;

use super::cpu::Cpu;
use super::kv_cache::{GROUP, KvCache, Store};
use super::lanes::{Lanes, vectorised};
use super::vector::exp_row;

/// `out = softmax(query · Kᵀ) · V` for each head over the first `length` positions; `query` (scaled already) and
/// `out` are `heads * width` values.
///
/// # Panics
///
/// When a length does not match.
pub fn attend(cpu: Cpu, query: &[f32], cache: &KvCache, length: usize, scratch: &mut Vec<f32>, out: &mut [f32]) {
    assert!(length > 0 && length <= cache.length, "{length} of {} positions", cache.length);
    assert!(query.len() == cache.heads * cache.width && out.len() == query.len());
    let (padded, width) = (cache.padded, cache.width);
    let scores_len = length.next_multiple_of(GROUP);
    scratch.resize(scores_len + 2 * padded, 0.0);
    let (scores, rest) = scratch.split_at_mut(scores_len);
    let (wide, mixed) = rest.split_at_mut(padded);
    wide.fill(0.0);
    for (head, (query, out)) in query.chunks_exact(width).zip(out.chunks_exact_mut(width)).enumerate() {
        let start = head * cache.capacity * padded;
        wide[..width].copy_from_slice(query);
        match &cache.keys {
            Store::Single(keys) => score_single(cpu, wide, &keys[start..], scores),
            Store::Half(keys) => score_half(cpu, wide, &keys[start..], scores),
        }
        let sum = exp_row(cpu, &mut scores[..length]);
        match &cache.values {
            Store::Single(values) => mix_single(cpu, &scores[..length], &values[start..], mixed),
            Store::Half(values) => mix_half(cpu, &scores[..length], &values[start..], mixed),
        }
        out.iter_mut().zip(mixed.iter()).for_each(|(out, mixed)| *out = mixed / sum);
    }
}

vectorised! { fn score_single(query: &[f32], keys: &[f32], scores: &mut [f32]) = score_from_f32 }
vectorised! { fn score_half(query: &[f32], keys: &[f16], scores: &mut [f32]) = score_from_f16 }
vectorised! { fn mix_single(weights: &[f32], values: &[f32], out: &mut [f32]) = mix_from_f32 }
vectorised! { fn mix_half(weights: &[f32], values: &[f16], out: &mut [f32]) = mix_from_f16 }

/// The two loops for one type of stored value and the way to load it.
macro_rules! stored {
    ($score:ident, $mix:ident, $t:ty, $load:ident) => {
        /// Scores of the positions, 16 by 16.
        #[inline(always)]
        unsafe fn $score<L: Lanes>(query: &[f32], keys: &[$t], scores: &mut [f32]) {
            let width = query.len();
            assert!(keys.len() >= scores.len() * width && scores.len().is_multiple_of(GROUP));
            let (p, out) = (keys.as_ptr(), scores.as_mut_ptr());
            for at in (0..scores.len()).step_by(L::N) {
                // SAFETY: groups of 16 × `width` keys, as asserted; `width` is a multiple of 16.
                unsafe {
                    let p = p.add(at / GROUP * GROUP * width + at % GROUP);
                    let mut acc = [L::splat(0.0); 4];
                    for i in (0..width).step_by(4) {
                        for (k, acc) in acc.iter_mut().enumerate() {
                            let q = L::splat(*query.get_unchecked(i + k));
                            *acc = L::fma(q, L::$load(p.add((i + k) * GROUP)), *acc);
                        }
                    }
                    L::store(out.add(at), L::add(L::add(acc[0], acc[1]), L::add(acc[2], acc[3])));
                }
            }
        }

        /// Σ weight · value over the positions, in columns of four vectors or one.
        #[inline(always)]
        unsafe fn $mix<L: Lanes>(weights: &[f32], values: &[$t], out: &mut [f32]) {
            /// `W` vectors of columns; positions in pairs, to have enough sums under way.
            #[inline(always)]
            unsafe fn columns<L: Lanes, const W: usize>(weights: &[f32], p: *const $t, width: usize, out: *mut f32) {
                // SAFETY: the caller has a row of `width` values for every weight, `W` vectors of them from here.
                unsafe {
                    let mut acc = [[L::splat(0.0); W]; 2];
                    let mut i = 0;
                    while i + 2 <= weights.len() {
                        for (u, acc) in acc.iter_mut().enumerate() {
                            let (weight, p) = (L::splat(*weights.get_unchecked(i + u)), p.add((i + u) * width));
                            for (k, acc) in acc.iter_mut().enumerate() {
                                *acc = L::fma(weight, L::$load(p.add(k * L::N)), *acc);
                            }
                        }
                        i += 2;
                    }
                    if i < weights.len() {
                        let (weight, p) = (L::splat(weights[i]), p.add(i * width));
                        for (k, acc) in acc[0].iter_mut().enumerate() {
                            *acc = L::fma(weight, L::$load(p.add(k * L::N)), *acc);
                        }
                    }
                    for k in 0..W {
                        L::store(out.add(k * L::N), L::add(acc[0][k], acc[1][k]));
                    }
                }
            }
            let width = out.len();
            assert!(values.len() >= weights.len() * width && width.is_multiple_of(GROUP));
            let (p, out) = (values.as_ptr(), out.as_mut_ptr());
            let mut column = 0;
            while column < width {
                // SAFETY: rows of `width` values, as asserted; `width` is a multiple of every vector's length.
                unsafe {
                    if column + 4 * L::N <= width {
                        columns::<L, 4>(weights, p.add(column), width, out.add(column));
                        column += 4 * L::N;
                    } else {
                        columns::<L, 1>(weights, p.add(column), width, out.add(column));
                        column += L::N;
                    }
                }
            }
        }
    };
}
stored!(score_from_f32, mix_from_f32, f32, load);
stored!(score_from_f16, mix_from_f16, f16, load_f16);
