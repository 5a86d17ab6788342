//! A small service run by the runtime on real servers.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod edge;
mod ledger;
mod notes;
mod reactions;
mod shutdown;
