//! From the signed contract to the customer's 确认可用.
//!
//! - [`domain`]: the card, promise against schedule, weeks, acceptance links, requests; pure
//! - [`ops`]: one use case per file; authorise, decide, store and journal in one transaction
//! - [`store`] holds the SQL
//! - [`http`]: `/api/deliveries`, `/api/acceptances` (public), `/api/capacity`
//! - [`grpc`]: how full a week is, for other services
//! - [`reactions`]: a signed contract makes one card
//!
//! `app` wires it, `config` holds what can be set, `error` what can go wrong.

pub mod app;
pub mod config;
pub mod domain;
pub mod error;
pub mod grpc;
pub mod http;
pub mod ops;
pub mod reactions;
pub mod store;

use runtime::Definition;

/// The service's own tables.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready for `runtime::run`.
pub fn definition() -> Definition {
    Definition::new("delivery", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
