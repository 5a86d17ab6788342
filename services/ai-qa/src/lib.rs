//! Recordings of conversations, objections to practise, and the coach's queue.
//!
//! - [`app`] wires everything; [`config`] is the `[service]` table; [`error`] what clients are told
//! - `domain` rules: what a recording is (its first bytes, how long it plays), which objection is drawn
//! - `model` the recogniser and the encoder, once they are there; `libraries` talk tracks in memory
//! - `content` where the bytes of recordings are kept; `store` SQL
//! - `ops` one use case per file; `http` thin edges
//! - `reactions` a recorded visit draws an objection
//! - `jobs` finish what a crash left, give up dead uploads, delete what is past its time

pub mod app;
pub mod config;
mod content;
pub mod domain;
pub mod error;
mod grpc;
mod http;
mod jobs;
mod libraries;
mod model;
mod ops;
mod reactions;
mod store;

use std::sync::Arc;

use model::Model;
use speech::engine::Recognise;
use speech::transcribe::Transcriber;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// The service, ready to be run.
pub fn definition() -> runtime::Definition {
    runtime::Definition::new("ai-qa", include_str!("../config.default.toml"), &MIGRATOR, app::build)
}

/// The service with a recogniser that is there already; the configured folder is not looked at.
pub fn definition_hearing(recogniser: Arc<dyn Recognise>) -> runtime::Definition {
    let transcriber = Model::ready(Transcriber::new(recogniser));
    let build = move |context| std::future::ready(app::build_with(context, transcriber.clone()));
    runtime::Definition::new("ai-qa", include_str!("../config.default.toml"), &MIGRATOR, build)
}
