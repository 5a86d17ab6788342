//! Quotes and contracts: what things cost, what is promised to whom, and what is signed.
//!
//! - `domain`  rules: costing, discount authority, consistency, clauses, payments, signatures
//! - `ops`     one use case per file; approvals of quotes and contracts share `ops/*_approval.rs`
//! - `store`   SQL
//! - `http`    REST
//! - `pdf`     a small layout engine and the two papers it prints: quote and contract
//! - `process/*.yaml` who approves what, until operations publish their own version
//!
//! A quote is drafted against an opportunity of `crm`, approved by authority or by people, sent as a
//! PDF, turned into a contract from the newest clauses, approved, signed, and handed on by event.

mod app;
mod config;
pub mod domain;
pub mod error;
mod http;
pub mod ops;
mod pdf;
mod store;

pub use app::State;
pub use config::Config;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready to be run.
pub fn definition() -> runtime::Definition {
    runtime::Definition::new("quote-contract", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
