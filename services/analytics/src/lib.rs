//! One timeline over all services, the funnel, and how long opportunities stay in each stage.
//!
//! - [`app`] wires everything; [`config`] is the `[service]` table; [`error`] what clients are told
//! - `domain` the projection: one event becomes its rows, always the same ones
//! - `reactions` every service's events; `ops` apply one, answer questions, rebuild everything
//! - `store` SQL; `http` thin edges
//!
//! What is shown is generation nil of the tables. A rebuild fills another generation from the services'
//! ledgers, compares the two and puts its own in place where they differ.

pub mod app;
pub mod config;
pub mod domain;
pub mod error;
mod http;
mod ops;
mod reactions;
mod store;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready to be run.
pub fn definition() -> runtime::Definition {
    runtime::Definition::new("analytics", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
