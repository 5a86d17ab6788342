mod attention;
mod dense;
mod float;
mod int8;

use proptest::prelude::ProptestConfig;

use super::{Cpu, Path};

/// The paths of this machine beside the portable one, which is the measure of all.
fn fast_paths() -> Vec<Cpu> {
    Cpu::all().filter(|cpu| cpu.path() != Path::Portable).collect()
}

fn portable() -> Cpu {
    Cpu::forced(Path::Portable).expect("plain Rust runs everywhere")
}

/// So many cases, fewer under Miri, which is slow and has no files to keep failures in.
fn cases(here: u32, under_miri: u32) -> ProptestConfig {
    let cases = if cfg!(miri) { under_miri } else { here };
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// `len` values in -1..1 that look random, different for every seed.
fn noise(seed: u64, len: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    };
    (0..len).map(|_| next()).collect()
}

fn assert_close(name: &str, got: &[f32], want: &[f32], tolerance: f32) {
    assert_eq!(got.len(), want.len(), "{name}");
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        assert!((got - want).abs() <= tolerance * (1.0 + want.abs()), "{name}: {got} for {want} at {i}");
    }
}

#[test]
fn the_portable_path_is_always_there_and_the_best_is_the_last() {
    let all: Vec<Path> = Cpu::all().map(Cpu::path).collect();
    assert_eq!(all.first(), Some(&Path::Portable));
    assert_eq!(all.last(), Some(&Cpu::detect().path()));
}

#[test]
#[ignore = "few machines have matrix tiles; tests/amx runs this, lest it pass without them"]
fn the_best_path_is_amx() {
    assert_eq!(Cpu::detect().path(), Path::Amx);
}
