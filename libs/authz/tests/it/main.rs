//! One test binary: decisions, their agreement with lists (in Rust and in PostgreSQL), tokens.
#![expect(clippy::expect_used, reason = "clippy sees the tests in it, not the functions beside them")]

mod agreement;
mod cases;
mod decisions;
mod token;
mod visibility;
