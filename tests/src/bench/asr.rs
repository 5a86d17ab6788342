//! Speech to text beside CTranslate2 in int8 (its engine from PyPI) and candle's own Whisper, and how well it hears.
//!
//! `tests/bench asr [tiny | base | small | shipped | memory] [avx2 | avx512-vnni | amx]` measures speed on random weights with a forced length, so that
//! everybody does the same work; `tests/bench asr-accuracy [FOLDER]` measures character error rates on the recipe's fixed lists.
//! Peers are made once below the cache folder: a virtual environment, and a program of candle's (minutes to compile).

mod accuracy;
mod cache;
mod clock;
mod memory;
mod ours;
mod peer;
mod shipped;
mod speed;
mod stock;

/// Measures what is named, or everything, on the instructions that are named, or on all.
pub fn run(what: Option<&str>, instructions: Option<&str>) {
    for size in ["tiny", "base", "small"].into_iter().filter(|size| what.is_none_or(|what| what == *size)) {
        speed::run(size, instructions);
    }
    if what.is_none_or(|what| what == "shipped") {
        shipped::run();
    }
    if what.is_none_or(|what| what == "memory") {
        memory::run();
    }
}

/// Character error rates of a model folder, the shipped one by default.
pub fn accuracy(folder: Option<&str>) {
    accuracy::run(folder);
}
