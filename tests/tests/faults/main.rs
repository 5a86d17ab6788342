//! What must still be true after processes, broker or database were killed at the worst moment.
//!
//! Every service is a process of its own; fault points abort it from inside, everything else is a signal.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod broker;
mod contract;
mod database;
mod delivery_order;
mod intake;
mod invariants;
mod leads;
