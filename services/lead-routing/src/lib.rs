//! Lead routing: takes leads in, recognises repeated companies, decides whose a lead is, and watches that nobody
//! lets it lie.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | checking, recognising, rules, load and quota, deadlines: pure |
//! | `ops` | one use case per file |
//! | `store` | SQL |
//! | `http`, `grpc`, `reactions`, `jobs` | the ways in |
//! | `app` | wiring |

mod app;
mod config;
pub mod domain;
mod error;
mod grpc;
mod http;
mod jobs;
mod ops;
mod reactions;
mod store;

use runtime::Definition;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, to be run by `runtime`.
pub fn definition() -> Definition {
    Definition::new("lead-routing", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
