//! The test kit against itself: real databases, brokers and sinks.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod databases;
mod nats;
mod provisioning;
mod sinks;
