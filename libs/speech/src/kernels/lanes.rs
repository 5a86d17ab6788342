//! A vector of floats, as wide as the processor has them. The functions over it are written once.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

#[cfg(target_arch = "x86_64")]
pub(super) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(super) use avx512::Avx512;
pub(super) use portable::Portable;

use half::f16;

/// `N` floats and what can be done with them.
///
/// # Safety
///
/// For every method: the processor has the instructions of the implementing type, and the caller is (inlined into) a
/// function that enables them. Pointers are valid for the number of elements moved: [`Lanes::N`], or `n` where the
/// method takes one (`n ≤ N`). No alignment is needed.
pub(super) trait Lanes {
    const N: usize;
    /// The most rows of two vectors each that fit the registers in a product of matrices.
    const ROWS: usize;
    type V: Copy;
    unsafe fn splat(x: f32) -> Self::V;
    unsafe fn load(p: *const f32) -> Self::V;
    /// The lanes from `n` on are zero.
    unsafe fn load_first(p: *const f32, n: usize) -> Self::V;
    unsafe fn load_f16(p: *const f16) -> Self::V;
    unsafe fn load_i32(p: *const i32) -> Self::V;
    unsafe fn store(p: *mut f32, v: Self::V);
    unsafe fn store_first(p: *mut f32, n: usize, v: Self::V);
    /// The first `n` lanes rounded to the nearest integer and clipped to a byte.
    unsafe fn store_u8(p: *mut u8, n: usize, v: Self::V);
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn mul(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn div(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn min(a: Self::V, b: Self::V) -> Self::V;
    /// `a * b + c`.
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    unsafe fn round(a: Self::V) -> Self::V;
    /// `a * 2^n` for whole `n` from -126 to 127.
    unsafe fn scale(a: Self::V, n: Self::V) -> Self::V;
    /// `a` in the first `n` lanes, `b` in the others.
    unsafe fn first(a: Self::V, n: usize, b: Self::V) -> Self::V;
    unsafe fn sum(a: Self::V) -> f32;
    unsafe fn largest(a: Self::V) -> f32;
}

/// The first `n` lanes at `p`, the others zero; a plain load where `n` is known to be all of them.
///
/// # Safety
///
/// As for [`Lanes::load_first`].
#[inline(always)]
pub(super) unsafe fn load_n<L: Lanes>(p: *const f32, n: usize) -> L::V {
    // SAFETY: passed on to the caller.
    unsafe { if n == L::N { L::load(p) } else { L::load_first(p, n) } }
}

/// Stores the first `n` lanes.
///
/// # Safety
///
/// As for [`Lanes::store_first`].
#[inline(always)]
pub(super) unsafe fn store_n<L: Lanes>(p: *mut f32, n: usize, v: L::V) {
    // SAFETY: passed on to the caller.
    unsafe { if n == L::N { L::store(p, v) } else { L::store_first(p, n, v) } }
}

/// `a` in the first `n` lanes, `b` in the others.
///
/// # Safety
///
/// As for [`Lanes::first`].
#[inline(always)]
pub(super) unsafe fn first_n<L: Lanes>(a: L::V, n: usize, b: L::V) -> L::V {
    // SAFETY: passed on to the caller.
    unsafe { if n == L::N { a } else { L::first(a, n, b) } }
}

/// Runs over `$len` values, offering the start and the length of each vector; the length is a constant but for the
/// last, incomplete one.
macro_rules! each_lanes {
    ($L:ident, $len:expr, |$i:ident, $n:ident| $f:expr) => {{
        let len: usize = $len;
        let mut $i = 0;
        while $i + $L::N <= len {
            let $n = $L::N;
            $f;
            $i += $L::N;
        }
        if $i < len {
            let $n = len - $i;
            $f;
        }
    }};
}
pub(super) use each_lanes;

/// Makes a safe function out of a generic one: one copy per kind of vector, chosen by the [`super::Cpu`].
macro_rules! vectorised {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $ret:ty)? = $body:ident) => {
        $(#[$meta])*
        $vis fn $name(cpu: $crate::kernels::Cpu, $($arg: $ty),*) $(-> $ret)? {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,f16c")]
            fn avx2($($arg: $ty),*) $(-> $ret)? {
                // SAFETY: this function enables what the vectors need.
                unsafe { $body::<$crate::kernels::lanes::Avx2>($($arg),*) }
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($arg: $ty),*) $(-> $ret)? {
                // SAFETY: this function enables what the vectors need.
                unsafe { $body::<$crate::kernels::lanes::Avx512>($($arg),*) }
            }
            match cpu.width() {
                // SAFETY: plain Rust needs no instructions.
                $crate::kernels::cpu::Width::Portable => unsafe {
                    $body::<$crate::kernels::lanes::Portable>($($arg),*)
                },
                // SAFETY: the `Cpu` is the proof that the processor has them.
                #[cfg(target_arch = "x86_64")]
                $crate::kernels::cpu::Width::Avx2 => unsafe { avx2($($arg),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::kernels::cpu::Width::Avx512 => unsafe { avx512($($arg),*) },
                #[cfg(not(target_arch = "x86_64"))]
                // SAFETY: plain Rust needs no instructions.
                _ => unsafe { $body::<$crate::kernels::lanes::Portable>($($arg),*) },
            }
        }
    };
}
pub(super) use vectorised;
