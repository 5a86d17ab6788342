//! Definitions, values and searches against a real PostgreSQL, as the service's own role under row-level security.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod search;
mod store;
mod support;
