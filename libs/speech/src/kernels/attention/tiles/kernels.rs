use std::arch::asm;
use std::arch::x86_64::{
    __m256bh, __m256i, __m512, _mm256_storeu_si256, _mm512_add_ps, _mm512_cvtneps_pbh, _mm512_fmadd_ps,
    _mm512_loadu_ps, _mm512_mask_max_ps, _mm512_maskz_loadu_ps, _mm512_maskz_mov_ps, _mm512_max_ps, _mm512_mul_ps,
    _mm512_reduce_add_ps, _mm512_reduce_max_ps, _mm512_roundscale_ps, _mm512_scalef_ps, _mm512_set1_ps,
    _mm512_setzero_ps, _mm512_sub_ps,
};

use super::super::super::cpu::{Cpu, Path};
use super::super::super::int8::Tiles;
use super::{Line, UNIT};

/// The nearest bf16, ties to even; not a number stays one because attention never sees any.
fn bf16(x: f32) -> u16 {
    let bits = x.to_bits();
    ((bits + 0x7fff + (bits >> 16 & 1)) >> 16) as u16
}

/// A row of a left side.
pub(super) fn pack_row(_: Cpu, values: &[f32], out: &mut [Line]) {
    for (values, line) in values.chunks(UNIT).zip(out) {
        line.0.iter_mut().zip(values).for_each(|(out, x)| *out = bf16(*x));
    }
}

/// A column of a right side `[depth][columns]`, which is laid out `[columns / 16][depth / 2][16][2]`.
pub(super) fn pack_column(_: Cpu, values: &[f32], column: usize, depth: usize, out: &mut [Line]) {
    let lines = out[column / 16 * depth / 2..].iter_mut();
    for (line, pair) in lines.zip(values.chunks(2)) {
        line.0[column % 16 * 2] = bf16(pair[0]);
        line.0[column % 16 * 2 + 1] = pair.get(1).map_or(0, |x| bf16(*x));
    }
}

/// Two rows of a right side, laid out the same way.
pub(super) fn pack_pair(_: Cpu, even: &[f32], odd: &[f32], pair: usize, depth: usize, out: &mut [Line]) {
    for (group, values) in even.chunks(16).enumerate() {
        let line = &mut out[group * depth / 2 + pair].0;
        line.chunks_exact_mut(2).zip(values).for_each(|(out, x)| out[0] = bf16(*x));
    }
    for (group, values) in odd.chunks(16).enumerate() {
        let line = &mut out[group * depth / 2 + pair].0;
        line.chunks_exact_mut(2).zip(values).for_each(|(out, x)| out[1] = bf16(*x));
    }
}

/// `out[rows][columns] = left[rows][depth] · right`, all three multiples of 32.
///
/// # Panics
///
/// When a length does not match.
pub(super) fn product(_: &Tiles, left: &[Line], right: &[Line], shape: [usize; 3], out: &mut [f32]) {
    let [rows, depth, columns] = shape;
    assert!(shape.iter().all(|n| n.is_multiple_of(UNIT)) && depth > 0, "shape {shape:?}");
    assert!(left.len() >= rows * depth / UNIT && right.len() >= columns * depth / UNIT && out.len() >= rows * columns);
    for column in (0..columns).step_by(UNIT) {
        let right = &right[column * depth / UNIT..(column + UNIT) * depth / UNIT];
        for row in (0..rows).step_by(UNIT) {
            let left = &left[row * depth / UNIT..(row + UNIT) * depth / UNIT];
            // SAFETY: tiles are configured, 32 rows and 32 columns of `depth` lie in the slices, and `out` has 32
            // rows of `columns` from here, of which 32 values are written.
            unsafe { block(left, right, out[row * columns + column..].as_mut_ptr(), columns) }
        }
    }
}

/// # Safety
///
/// Tiles are configured; `left` and `right` hold 32 rows and columns of the same depth, a multiple of 32; `out` has
/// room for 32 values every `width`, 32 times.
unsafe fn block(left: &[Line], right: &[Line], out: *mut f32, width: usize) {
    let steps = left.len() / UNIT;
    let (upper, lower) = (left.as_ptr(), left.as_ptr().wrapping_add(steps * 16));
    let (low, high) = (right.as_ptr(), right.as_ptr().wrapping_add(steps * 16));
    // SAFETY: each of `steps` rounds reads 16 lines of each half of the right side and 64 bytes of each of 32 rows;
    // the result is 2 × 2 tiles of 16 rows of 64 bytes.
    unsafe {
        asm!(
            "tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3",
            "2:",
            "tileloadd tmm4, [{upper} + {stride}*1]",
            "tileloadd tmm6, [{low} + {line}*1]",
            "tdpbf16ps tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{high} + {line}*1]",
            "tdpbf16ps tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{lower} + {stride}*1]",
            "tdpbf16ps tmm2, tmm5, tmm6",
            "tdpbf16ps tmm3, tmm5, tmm7",
            "add {upper}, 64", "add {lower}, 64", "add {low}, 1024", "add {high}, 1024",
            "dec {steps}",
            "jnz 2b",
            "tilestored [{out} + {row}*1], tmm0",
            "tilestored [{out} + {row}*1 + 64], tmm1",
            "tilestored [{bottom} + {row}*1], tmm2",
            "tilestored [{bottom} + {row}*1 + 64], tmm3",
            upper = inout(reg) upper => _, lower = inout(reg) lower => _,
            low = inout(reg) low => _, high = inout(reg) high => _, steps = inout(reg) steps => _,
            stride = in(reg) steps * 64, line = in(reg) 64usize, row = in(reg) width * 4,
            out = in(reg) out, bottom = in(reg) out.wrapping_add(16 * width),
            options(nostack),
        );
    }
}

/// `out ← exp(row − max)` in bf16, zero beyond the row; returns the sum.
pub(super) fn exp_row(cpu: Cpu, row: &[f32], out: &mut [Line]) -> f32 {
    assert!(cpu.path() == Path::Amx && out.len() * UNIT >= row.len());
    // SAFETY: the path is the proof of AVX-512 with bf16, and `out` is as long as the row.
    unsafe { exp_bf16(row, out) }
}

/// # Safety
///
/// The processor has AVX-512 F, BW, VL and BF16; `out` has room for the row.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512bf16")]
unsafe fn exp_bf16(row: &[f32], out: &mut [Line]) -> f32 {
    let (p, len) = (row.as_ptr(), row.len());
    let mask = |i: usize| if i >= len { 0 } else { ((1u32 << (len - i).min(16)) - 1) as u16 };
    let mut top = _mm512_set1_ps(f32::NEG_INFINITY);
    for i in (0..len).step_by(16) {
        // SAFETY: the mask leaves out what lies beyond the row.
        top = unsafe { _mm512_mask_max_ps(top, mask(i), top, _mm512_maskz_loadu_ps(mask(i), p.add(i))) };
    }
    let top = _mm512_set1_ps(_mm512_reduce_max_ps(top));
    let mut sum = _mm512_setzero_ps();
    let target = out.as_mut_ptr().cast::<u16>();
    for i in (0..out.len() * UNIT).step_by(16) {
        // SAFETY: as above; the target is 32 values per line.
        unsafe {
            let x = if i + 16 <= len {
                _mm512_loadu_ps(p.add(i))
            } else {
                _mm512_maskz_loadu_ps(mask(i), p.wrapping_add(i))
            };
            let e = _mm512_maskz_mov_ps(mask(i), exp_rough(_mm512_sub_ps(x, top)));
            sum = _mm512_add_ps(sum, e);
            _mm256_storeu_si256(target.add(i).cast(), std::mem::transmute::<__m256bh, __m256i>(_mm512_cvtneps_pbh(e)));
        }
    }
    _mm512_reduce_add_ps(sum)
}

/// e to the power of `x ≤ 0`, to 1e-4: bf16 keeps 4e-3.
#[target_feature(enable = "avx512f")]
fn exp_rough(x: __m512) -> __m512 {
    let x = _mm512_mul_ps(_mm512_max_ps(x, _mm512_set1_ps(-87.0)), _mm512_set1_ps(std::f32::consts::LOG2_E));
    let power = _mm512_roundscale_ps::<8>(x);
    let rest = _mm512_sub_ps(x, power);
    let sum = _mm512_fmadd_ps(_mm512_set1_ps(0.055_8), rest, _mm512_set1_ps(0.240_2));
    let sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(std::f32::consts::LN_2));
    _mm512_scalef_ps(_mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0)), power)
}
