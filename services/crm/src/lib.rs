//! Customers, opportunities, visits and actions.
//!
//! - [`app`] wires everything; [`config`] is the `[service]` table; [`error`] what clients are told
//! - `domain` rules: budgets, grade, health, actions, key moments, what a company's name has in common
//! - `ops` one use case per file; `store` SQL; `http`, `grpc` thin edges
//! - `reactions` events of lead-routing, quote-contract, delivery and collections
//! - `process/opportunity.yaml` the stages of an opportunity and their gates
//!
//! A customer's events and an opportunity's events are numbered by `version` in their rows.

pub mod app;
pub mod config;
pub mod domain;
pub mod error;
mod grpc;
mod http;
mod ops;
mod reactions;
mod store;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready to be run.
pub fn definition() -> runtime::Definition {
    runtime::Definition::new("crm", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
