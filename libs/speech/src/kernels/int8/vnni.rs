use std::arch::x86_64::{
    __m512i, _MM_HINT_T0, _mm_prefetch, _mm512_add_epi32, _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_set1_epi32,
    _mm512_setzero_si512, _mm512_storeu_si512,
};

use super::{Line, Sums};

/// How many lines ahead a matrix is fetched that does not fit the cache.
const AHEAD: usize = 32;

/// `sums[r][o] = Σ x[r] · w[o]` for up to 12 rows and 32 outputs.
///
/// # Safety
///
/// The processor has AVX-512 F and VNNI; `weights` holds the two halves (16 outputs each), `x` `rows` rows of a
/// sixteenth of such a half; `rows` is 1 to 12.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
pub(super) unsafe fn block(x: &[Line], weights: &[Line], rows: usize, sums: &mut Sums) {
    debug_assert!((1..=12).contains(&rows) && x.len() * 32 == rows * weights.len());
    // SAFETY: as the caller promises; the second number splits the sum, to have enough of them under way.
    unsafe {
        match rows {
            1 => few_rows_of::<1, 8>(x, weights, sums),
            2 => few_rows_of::<2, 4>(x, weights, sums),
            3 => rows_of::<3, 2>(x, weights, sums),
            4 => rows_of::<4, 2>(x, weights, sums),
            5 => rows_of::<5, 2>(x, weights, sums),
            6 => rows_of::<6, 2>(x, weights, sums),
            7 => rows_of::<7, 1>(x, weights, sums),
            8 => rows_of::<8, 1>(x, weights, sums),
            9 => rows_of::<9, 1>(x, weights, sums),
            10 => rows_of::<10, 1>(x, weights, sums),
            11 => rows_of::<11, 1>(x, weights, sums),
            _ => rows_of::<12, 1>(x, weights, sums),
        }
    }
}

/// One half after the other, so that weights, which are read once and never again, come in a single stream.
///
/// # Safety
///
/// As for [`block`] with `rows = M`; `S` divides 16.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
unsafe fn few_rows_of<const M: usize, const S: usize>(x: &[Line], weights: &[Line], sums: &mut Sums) {
    let groups = weights.len() / 2;
    let inputs = x.as_ptr().cast::<i32>();
    for (half, weights) in weights.chunks_exact(groups).enumerate() {
        let weights = weights.as_ptr();
        let mut acc = [[_mm512_setzero_si512(); M]; S];
        let mut group = 0;
        while group < groups {
            for (split, acc) in acc.iter_mut().enumerate() {
                let at = group + split;
                // SAFETY: `at < groups`, a multiple of 16 that `S` divides; each row has as many groups of four inputs.
                unsafe {
                    _mm_prefetch::<_MM_HINT_T0>(weights.wrapping_add(at + AHEAD).cast());
                    let w = _mm512_load_si512(weights.add(at).cast());
                    for (row, acc) in acc.iter_mut().enumerate() {
                        let a = _mm512_set1_epi32(*inputs.add(row * groups + at));
                        *acc = _mm512_dpbusd_epi32(*acc, a, w);
                    }
                }
            }
            group += S;
        }
        for row in 0..M {
            let sum = acc[1..].iter().fold(acc[0][row], |sum: __m512i, acc| _mm512_add_epi32(sum, acc[row]));
            // SAFETY: a row of sums has 32 places.
            unsafe { _mm512_storeu_si512(sums.0[row].as_mut_ptr().add(half * 16).cast(), sum) };
        }
    }
}

/// # Safety
///
/// As for [`block`] with `rows = M`; `S` divides 16.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
unsafe fn rows_of<const M: usize, const S: usize>(x: &[Line], weights: &[Line], sums: &mut Sums) {
    let groups = weights.len() / 2;
    let low = weights.as_ptr();
    let high = low.wrapping_add(groups);
    let inputs = x.as_ptr().cast::<i32>();
    let mut acc = [[[_mm512_setzero_si512(); 2]; M]; S];
    let mut group = 0;
    while group < groups {
        for (split, acc) in acc.iter_mut().enumerate() {
            let at = group + split;
            // SAFETY: `at < groups`, a multiple of 16 that `S` divides; each row has as many groups of four inputs.
            unsafe {
                let w = [_mm512_load_si512(low.add(at).cast()), _mm512_load_si512(high.add(at).cast())];
                for (row, acc) in acc.iter_mut().enumerate() {
                    let a = _mm512_set1_epi32(*inputs.add(row * groups + at));
                    acc[0] = _mm512_dpbusd_epi32(acc[0], a, w[0]);
                    acc[1] = _mm512_dpbusd_epi32(acc[1], a, w[1]);
                }
            }
        }
        group += S;
    }
    for row in 0..M {
        for half in 0..2 {
            let sum =
                acc[1..].iter().fold(acc[0][row][half], |sum: __m512i, acc| _mm512_add_epi32(sum, acc[row][half]));
            // SAFETY: a row of sums has 32 places.
            unsafe { _mm512_storeu_si512(sums.0[row].as_mut_ptr().add(half * 16).cast(), sum) };
        }
    }
}
