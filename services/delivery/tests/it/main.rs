//! The service through its public interfaces, on a real database and a real bus.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod accept;
mod capacity;
mod create_card;
mod first_pass;
mod issue_acceptance;
mod list;
mod promise;
mod requests;
mod schedule;
mod stage;
