//! From bytes to a transcript, as a service uses it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod hostile;
mod long;
mod model;
mod support;
mod whole;
