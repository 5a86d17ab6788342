//! The one public door: organisation directory, sign-in, API keys, rate limits, proxy and merged OpenAPI.
//!
//! | module | what it holds |
//! |---|---|
//! | [`domain`] | rules without I/O: people, lockout, secrets, masking, route table, merging of API descriptions |
//! | [`ops`] | one use case per file: sign in, step up, add a person, issue a key, load an organisation |
//! | [`http`] | the door (who calls, how often), the gateway's own resources, the proxy, the API explorer |
//! | [`grpc`] | the directory for the other services |
//! | `store` | SQL |
//! | `jobs` | forgetting what has expired, fetching API descriptions |
//!
//! Start it with [`definition`]; load an organisation before it serves with [`bootstrap`].

mod app;
mod config;
pub mod domain;
mod error;
pub mod grpc;
pub mod http;
mod jobs;
pub mod ops;
mod store;

pub use app::State;
pub use config::Config;
pub use error::GatewayError;
pub use ops::bootstrap::{Bootstrapped, Organisation, bootstrap};

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service as `runtime` starts it.
pub fn definition() -> runtime::Definition {
    runtime::Definition::new("gateway", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
