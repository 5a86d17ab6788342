//! The gateway through its public door.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod api_keys;
mod bootstrap;
mod console;
mod demo_clock;
mod directory;
mod errors;
mod evidence;
mod export_ledger;
mod limits;
mod oidc;
mod openapi;
mod org_units;
mod people;
mod proxy;
mod saved_views;
mod second_factor;
mod session;
mod sign_in;
mod support;
mod updates;
