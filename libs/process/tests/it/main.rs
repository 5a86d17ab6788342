//! The engine as a service uses it.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod approval;
mod approval_properties;
mod calendar;
mod dry_run;
mod gate;
mod malformed;
mod readme;
mod store;
mod support;
