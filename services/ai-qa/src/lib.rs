//! Recordings of conversations, objections to practise, and the coach's queue.
//!
//! - [`app`] wires everything; [`config`] is the `[service]` table; [`error`] what clients are told
//! - `domain` rules: what a recording is (its first bytes, how long it plays), which objection is drawn
//! - `content` where the bytes of recordings are kept; `store` SQL
//! - `ops` one use case per file; `http` thin edges
//! - `reactions` a recorded visit draws an objection
//! - `jobs` finish what a crash left, give up dead uploads, delete what is past its time

pub mod app;
pub mod config;
mod content;
pub mod domain;
pub mod error;
mod http;
mod jobs;
mod ops;
mod reactions;
mod store;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready to be run.
pub fn definition() -> runtime::Definition {
    runtime::Definition::new("ai-qa", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}
