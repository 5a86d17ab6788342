//! Cross-service scenarios, faults, benchmarks and repository rules. See the folders `tests/` and
//! `src/bench/` of this crate.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

pub mod fleet;
