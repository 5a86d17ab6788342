//! Receivables from the signed contract to the money in the bank.
//!
//! - [`domain`]: nodes, payment plans, allocation, matching, statement formats; pure
//! - [`ops`]: one use case per file; authorise, decide, store and journal in one transaction
//! - [`store`][]: SQL
//! - [`http`]: `/api/receivables`, `/api/bank-statements`
//! - [`reactions`]: a signed contract opens a receivable, an invoice application reaches node ①
//! - `process/journey.yaml`: what each node of the journey asks for
//!
//! `app` wires it, `config` holds what can be set, `error` what can go wrong.

pub mod app;
pub mod config;
pub mod domain;
pub mod error;
pub mod http;
pub mod ops;
pub mod reactions;
pub mod store;

use runtime::Definition;

/// The service's own tables.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready for `runtime::run`.
pub fn definition() -> Definition {
    Definition::new("collections", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
