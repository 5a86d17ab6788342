use std::arch::asm;

use super::{Line, PAIR, Sums};

/// The layout of the eight tile registers, as `ldtilecfg` reads it: 16 rows of 64 bytes each.
#[repr(C, align(64))]
struct Layout {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

static LAYOUT: Layout = Layout {
    palette: 1,
    start_row: 0,
    reserved: [0; 14],
    row_bytes: [64, 64, 64, 64, 64, 64, 64, 64, 0, 0, 0, 0, 0, 0, 0, 0],
    rows: [16, 16, 16, 16, 16, 16, 16, 16, 0, 0, 0, 0, 0, 0, 0, 0],
};

/// The tile registers of this thread in use; released on drop, so that switching threads stays cheap.
pub(in crate::kernels) struct Tiles(());

impl Tiles {
    /// Eight tiles of 16 rows of 64 bytes.
    ///
    /// # Safety
    ///
    /// The processor has AMX and the system granted its use; no other `Tiles` lives on this thread.
    pub(in crate::kernels) unsafe fn configure() -> Self {
        // SAFETY: the layout is a valid palette 1; the compiler itself never uses tiles.
        unsafe { asm!("ldtilecfg [{0}]", in(reg) &raw const LAYOUT, options(nostack, readonly, preserves_flags)) };
        Self(())
    }
}

impl Drop for Tiles {
    fn drop(&mut self) {
        // SAFETY: whoever made this had tiles.
        unsafe { asm!("tilerelease", options(nostack, nomem, preserves_flags)) };
    }
}

/// `sums[r][o] = Σ x[r] · w[o]` for 32 rows and 32 outputs.
///
/// # Safety
///
/// A [`Tiles`] lives on this thread; `weights` holds the two halves (16 outputs each), at least 16 lines each, `x` 32
/// rows of a sixteenth of such a half.
pub(super) unsafe fn block(x: &[Line], weights: &[Line], sums: &mut Sums) {
    debug_assert!(x.len() == weights.len() && weights.len() >= 32);
    let steps = weights.len() / 32;
    let stride = steps * 64;
    let (low, high) = (weights.as_ptr(), weights.as_ptr().wrapping_add(steps * 16));
    let (upper, lower) = (x.as_ptr(), x.as_ptr().wrapping_add(steps * 16));
    let out = sums.0.as_mut_ptr();
    // SAFETY: each of `steps` rounds reads 16 lines of each half of the weights and 64 bytes of each of 32 rows; the
    // result is 2 × 2 tiles of 16 rows in rows of 128 bytes.
    unsafe {
        asm!(
            "tilezero tmm0", "tilezero tmm1", "tilezero tmm2", "tilezero tmm3",
            "2:",
            "tileloadd tmm4, [{upper} + {stride}*1]",
            "tileloadd tmm6, [{low} + {line}*1]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{high} + {line}*1]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{lower} + {stride}*1]",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {upper}, 64", "add {lower}, 64", "add {low}, 1024", "add {high}, 1024",
            "dec {steps}",
            "jnz 2b",
            "tilestored [{out} + {row}*1], tmm0",
            "tilestored [{out} + {row}*1 + 64], tmm1",
            "tilestored [{bottom} + {row}*1], tmm2",
            "tilestored [{bottom} + {row}*1 + 64], tmm3",
            upper = inout(reg) upper => _, lower = inout(reg) lower => _,
            low = inout(reg) low => _, high = inout(reg) high => _, steps = inout(reg) steps => _,
            stride = in(reg) stride, line = in(reg) 64usize, row = in(reg) PAIR * 4,
            out = in(reg) out, bottom = in(reg) out.wrapping_add(16),
            options(nostack),
        );
    }
}
