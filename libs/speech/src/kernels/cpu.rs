//! What this processor can do.

use std::fmt;

/// A set of instructions to compute with, slowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// Plain Rust; runs everywhere.
    Portable,
    /// 256-bit vectors with fused multiply-add (Haswell, Zen and later).
    Avx2,
    /// 512-bit vectors with 8-bit dot products (Cascade Lake, Zen 4 and later).
    Avx512Vnni,
    /// 8-bit and bf16 matrix tiles (Sapphire Rapids and later), for the rest as [`Path::Avx512Vnni`].
    Amx,
}

impl Path {
    /// Every path, slowest first.
    pub const ALL: [Self; 4] = [Self::Portable, Self::Avx2, Self::Avx512Vnni, Self::Amx];
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::Avx512Vnni => "avx512-vnni",
            Self::Amx => "amx",
        })
    }
}

/// Proof that this machine runs a [`Path`]; there is no way to make one for a path it lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cpu {
    path: Path,
}

impl Cpu {
    /// The fastest path of this machine.
    pub fn detect() -> Self {
        let path = Path::ALL.into_iter().rev().find(|&path| supported(path)).unwrap_or(Path::Portable);
        Self { path }
    }

    /// A chosen path, for tests and benchmarks; `None` when this machine lacks it.
    pub fn forced(path: Path) -> Option<Self> {
        supported(path).then_some(Self { path })
    }

    /// Every path of this machine, slowest first.
    pub fn all() -> impl Iterator<Item = Self> {
        Path::ALL.into_iter().filter_map(Self::forced)
    }

    /// The path this one stands for.
    pub fn path(self) -> Path {
        self.path
    }

    pub(super) fn width(self) -> Width {
        match self.path {
            Path::Portable => Width::Portable,
            Path::Avx2 => Width::Avx2,
            Path::Avx512Vnni | Path::Amx => Width::Avx512,
        }
    }
}

/// The vectors that the float functions use on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    Portable,
    Avx2,
    Avx512,
}

#[cfg(any(not(target_arch = "x86_64"), miri))]
fn supported(path: Path) -> bool {
    path == Path::Portable
}

/// Miri interprets the portable path alone.
#[cfg(all(target_arch = "x86_64", not(miri)))]
fn supported(path: Path) -> bool {
    match path {
        Path::Portable => true,
        Path::Avx2 => avx2(),
        Path::Avx512Vnni => avx512_vnni(),
        Path::Amx => avx512_vnni() && is_x86_feature_detected!("avx512bf16") && tiles::allowed(),
    }
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
fn avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("f16c")
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
fn avx512_vnni() -> bool {
    avx2()
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni")
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
mod tiles {
    use std::arch::x86_64::__cpuid_count;
    use std::sync::OnceLock;

    const BF16: u32 = 1 << 22;
    const TILE: u32 = 1 << 24;
    const INT8: u32 = 1 << 25;

    /// Whether the processor has matrix tiles and the system lets this process use them.
    pub(super) fn allowed() -> bool {
        static ALLOWED: OnceLock<bool> = OnceLock::new();
        *ALLOWED.get_or_init(|| present() && permitted())
    }

    fn present() -> bool {
        let highest = __cpuid_count(0, 0).eax;
        let wanted = BF16 | TILE | INT8;
        highest >= 7 && __cpuid_count(7, 0).edx & wanted == wanted
    }

    /// The kernel saves the eight kilobytes of tile registers only for processes that asked for them.
    #[cfg(target_os = "linux")]
    fn permitted() -> bool {
        const ARCH_REQ_XCOMP_PERM: libc::c_long = 0x1023;
        const XFEATURE_XTILEDATA: libc::c_long = 18;
        // SAFETY: this request takes two integers, touches no memory of ours, and fails cleanly on older kernels.
        unsafe { libc::syscall(libc::SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0 }
    }

    #[cfg(not(target_os = "linux"))]
    fn permitted() -> bool {
        false
    }
}
