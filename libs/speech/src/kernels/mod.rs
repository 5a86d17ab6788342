//! The arithmetic that everything else here stands on, written for each kind of processor: 8-bit linear layers,
//! attention, softmax, GELU, layer norm. This is the only module with unsafe code.
//!
//! A [`Cpu`] is the proof that the machine can run a path; every function takes one, so that no safe caller can reach
//! an instruction the processor lacks. Each path computes what the portable one does, which the property tests hold
//! it to. Vector functions are written once over [`lanes::Lanes`]; the 8-bit products have one file per path. A new
//! processor is a new [`Path`], a `Lanes` and a file in `int8`.
#![expect(unsafe_code, reason = "vector instructions; each function states its contract")]
#![expect(clippy::inline_always, reason = "a generic body must melt into the function that enables the instructions")]

mod attend;
mod attention;
mod cpu;
mod dense;
mod elementary;
mod int8;
mod kv_cache;
mod lanes;
mod panels;
mod vector;

pub use attend::attend;
pub use attention::{AttentionScratch, Head, attention};
pub use cpu::{Cpu, Path};
pub use dense::DenseMatrix;
pub use int8::{Finish, QuantMatrix, QuantRows};
pub use kv_cache::{KvCache, KvPrecision};
pub use vector::{add, gelu, layer_norm, log_sum_exp, softmax};

#[cfg(test)]
mod tests;
