//! Idempotent background work; one job per file.

pub mod route_queue;
