//! Runs a service: configuration, telemetry, database, bus, HTTP and gRPC, reactions, timers, jobs and
//! an ordered shutdown. A service says what it is in a [`Definition`] and how it is wired in `app::build`.

pub mod config;
mod custom_field_routes;
pub mod database;
mod dead_letter_routes;
pub mod definition;
pub mod grpc;
mod health;
pub mod http;
pub mod job;
mod ledger_service;
pub mod peers;
mod permission;
mod process_routes;
pub mod reaction;
pub mod run;
pub mod sealed;
pub mod service;
pub mod telemetry;
pub mod timer;
pub mod trust;

pub use custom_field_routes::custom_field_routes;
pub use definition::{BuildError, Context, Definition};
pub use job::Job;
pub use peers::Peers;
pub use process_routes::{Announce, Announcement, Processes, announce};
pub use reaction::Reaction;
pub use run::{Parts, Running, run, start};
pub use service::Service;
pub use timer::TimerHandler;

/// Re-exported so that the macros of this crate work wherever they are used.
pub use axum;
pub use tonic;
