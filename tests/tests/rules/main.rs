//! The repository's rules, checked: which crate and module may know which, and how large things get.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod arrows;
mod names;
mod sizes;
mod sources;
