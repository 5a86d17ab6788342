use std::arch::x86_64::{
    _mm256_add_epi32, _mm256_load_si256, _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm256_setzero_si256, _mm256_storeu_si256,
};

use super::{Line, Sums};

/// `sums[r][o] = Σ x[r] · w[o]` for up to 4 rows and 32 outputs; exact for inputs up to 127.
///
/// # Safety
///
/// The processor has AVX2; `weights` holds the two halves (16 outputs each), `x` `rows` rows of a sixteenth of such
/// a half; `rows` is 1 to 4.
#[target_feature(enable = "avx2")]
pub(super) unsafe fn block(x: &[Line], weights: &[Line], rows: usize, sums: &mut Sums) {
    debug_assert!((1..=4).contains(&rows) && x.len() * 32 == rows * weights.len());
    for half in 0..2 {
        let weights = &weights[half * weights.len() / 2..(half + 1) * weights.len() / 2];
        // SAFETY: as the caller promises.
        unsafe {
            match rows {
                1 => rows_of::<1>(x, weights, half, sums),
                2 => rows_of::<2>(x, weights, half, sums),
                3 => rows_of::<3>(x, weights, half, sums),
                _ => rows_of::<4>(x, weights, half, sums),
            }
        }
    }
}

/// # Safety
///
/// As for [`block`] with `rows = M` and one half of the weights.
#[target_feature(enable = "avx2")]
unsafe fn rows_of<const M: usize>(x: &[Line], weights: &[Line], half: usize, sums: &mut Sums) {
    let groups = weights.len();
    let inputs = x.as_ptr().cast::<i32>();
    let ones = _mm256_set1_epi16(1);
    let mut acc = [[_mm256_setzero_si256(); 2]; M];
    for (group, line) in weights.iter().enumerate() {
        let p = line.0.as_ptr();
        // SAFETY: a line has 64 aligned bytes; each row has as many groups of four inputs as there are lines.
        unsafe {
            let w = [_mm256_load_si256(p.cast()), _mm256_load_si256(p.add(32).cast())];
            for (row, acc) in acc.iter_mut().enumerate() {
                let a = _mm256_set1_epi32(*inputs.add(row * groups + group));
                for (acc, w) in acc.iter_mut().zip(w) {
                    *acc = _mm256_add_epi32(*acc, _mm256_madd_epi16(_mm256_maddubs_epi16(a, w), ones));
                }
            }
        }
    }
    for (acc, sums) in acc.iter().zip(&mut sums.0) {
        for (i, acc) in acc.iter().enumerate() {
            // SAFETY: a row of sums has 32 places.
            unsafe { _mm256_storeu_si256(sums.as_mut_ptr().add(half * 16 + i * 8).cast(), *acc) };
        }
    }
}
