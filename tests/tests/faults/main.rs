//! What must still be true after processes, broker or database were killed at the worst moment.
//!
//! Every service is a process of its own; fault points abort it from inside, everything else is a signal.
//!
//! | file | what dies |
//! |---|---|
//! | `intake` | lead-routing while leads are posted; two relays |
//! | `each_service` | every service at every point that it passes |
//! | `signing` | whoever signs a contract, whoever reacts to it |
//! | `statement` | collections while a bank statement is imported |
//! | `outage` | broker and database while contracts are signed and statements imported |
//! | `transcription` | ai-qa in the middle of a recording |
//! | `repetition` | nobody: every event comes three times, shuffled |
//! | `invariants`, `records` | what holds after each |
//!
//! `tests/faults` runs everything. `tests/run` runs the short form: one test of every kind, the ones that are not
//! marked `#[ignore]`. The others mostly wait: what a dead consumer had not acknowledged comes again after 30 s.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod camt;
mod client;
mod deal;
mod death;
mod each_service;
mod events;
mod intake;
mod invariants;
mod outage;
mod records;
mod repetition;
mod signing;
mod statement;
mod transcription;
