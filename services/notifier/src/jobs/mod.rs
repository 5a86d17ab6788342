//! Idempotent background work.

pub mod send_deliveries;
