//! The write path, the relay and the consumers on a real PostgreSQL and a real nats-server.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod broker_loss;
mod cancel;
mod consume;
mod gate;
mod relay;
mod stage;
mod timers;
mod write;
