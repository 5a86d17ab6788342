use std::arch::x86_64::{
    __m256, __m256i, _MM_FROUND_NO_EXC, _MM_FROUND_TO_NEAREST_INT, _mm_loadu_si128, _mm_packus_epi16, _mm_packus_epi32,
    _mm_storeu_si128, _mm256_add_epi32, _mm256_add_ps, _mm256_blendv_ps, _mm256_castsi256_ps, _mm256_castsi256_si128,
    _mm256_cvtepi32_ps, _mm256_cvtph_ps, _mm256_cvtps_epi32, _mm256_div_ps, _mm256_extracti128_si256, _mm256_fmadd_ps,
    _mm256_loadu_ps, _mm256_loadu_si256, _mm256_maskload_ps, _mm256_maskstore_ps, _mm256_max_ps, _mm256_min_ps,
    _mm256_mul_ps, _mm256_round_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_slli_epi32, _mm256_storeu_ps,
    _mm256_sub_ps,
};

use half::f16;

use super::Lanes;

/// Eight floats; needs AVX2, FMA and F16C.
pub(in crate::kernels) struct Avx2;

const N: usize = 8;
type V = __m256;

static MASKS: [i32; 2 * N] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];

/// The first `n` of eight lanes.
///
/// # Safety
///
/// The processor has AVX2 and `n ≤ 8`.
#[inline(always)]
unsafe fn mask(n: usize) -> __m256i {
    // SAFETY: eight masks follow every start from 0 to 8.
    unsafe { _mm256_loadu_si256(MASKS.as_ptr().add(N - n).cast()) }
}

/// The lanes of `v`.
///
/// # Safety
///
/// The processor has AVX2.
#[inline(always)]
unsafe fn array(v: V) -> [f32; N] {
    let mut out = [0.0; N];
    // SAFETY: the array has eight places.
    unsafe { _mm256_storeu_ps(out.as_mut_ptr(), v) };
    out
}

// SAFETY (of every block below): the callers promise the instructions and valid pointers, as the trait demands.
impl Lanes for Avx2 {
    const N: usize = N;
    const ROWS: usize = 6;
    type V = V;
    #[inline(always)]
    unsafe fn splat(x: f32) -> V {
        unsafe { _mm256_set1_ps(x) }
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> V {
        unsafe { _mm256_loadu_ps(p) }
    }
    #[inline(always)]
    unsafe fn load_first(p: *const f32, n: usize) -> V {
        unsafe { _mm256_maskload_ps(p, mask(n)) }
    }
    #[inline(always)]
    unsafe fn load_f16(p: *const f16) -> V {
        unsafe { _mm256_cvtph_ps(_mm_loadu_si128(p.cast())) }
    }
    #[inline(always)]
    unsafe fn load_i32(p: *const i32) -> V {
        unsafe { _mm256_cvtepi32_ps(_mm256_loadu_si256(p.cast())) }
    }
    #[inline(always)]
    unsafe fn store(p: *mut f32, v: V) {
        unsafe { _mm256_storeu_ps(p, v) }
    }
    #[inline(always)]
    unsafe fn store_first(p: *mut f32, n: usize, v: V) {
        unsafe { _mm256_maskstore_ps(p, mask(n), v) }
    }
    #[inline(always)]
    unsafe fn store_u8(p: *mut u8, n: usize, v: V) {
        unsafe {
            let whole = _mm256_cvtps_epi32(v);
            let words = _mm_packus_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256::<1>(whole));
            let mut bytes = [0u8; 16];
            _mm_storeu_si128(bytes.as_mut_ptr().cast(), _mm_packus_epi16(words, words));
            p.copy_from_nonoverlapping(bytes.as_ptr(), n);
        }
    }
    #[inline(always)]
    unsafe fn add(a: V, b: V) -> V {
        unsafe { _mm256_add_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn sub(a: V, b: V) -> V {
        unsafe { _mm256_sub_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn mul(a: V, b: V) -> V {
        unsafe { _mm256_mul_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn div(a: V, b: V) -> V {
        unsafe { _mm256_div_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn max(a: V, b: V) -> V {
        unsafe { _mm256_max_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn min(a: V, b: V) -> V {
        unsafe { _mm256_min_ps(a, b) }
    }
    #[inline(always)]
    unsafe fn fma(a: V, b: V, c: V) -> V {
        unsafe { _mm256_fmadd_ps(a, b, c) }
    }
    #[inline(always)]
    unsafe fn round(a: V) -> V {
        unsafe { _mm256_round_ps::<{ _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC }>(a) }
    }
    #[inline(always)]
    unsafe fn scale(a: V, n: V) -> V {
        unsafe {
            let exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
            _mm256_mul_ps(a, _mm256_castsi256_ps(_mm256_slli_epi32::<23>(exponent)))
        }
    }
    #[inline(always)]
    unsafe fn first(a: V, n: usize, b: V) -> V {
        unsafe { _mm256_blendv_ps(b, a, _mm256_castsi256_ps(mask(n))) }
    }
    #[inline(always)]
    unsafe fn sum(a: V) -> f32 {
        unsafe { array(a) }.iter().sum()
    }
    #[inline(always)]
    unsafe fn largest(a: V) -> f32 {
        unsafe { array(a) }.into_iter().fold(f32::NEG_INFINITY, f32::max)
    }
}
