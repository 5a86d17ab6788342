//! What tests need around them: real servers of their own, repeatable time and ids, and providers that record.
//!
//! - [`TestDatabase`]: a throwaway database, copied from a [`Template`] in the checkout's shared test cluster
//! - [`TestNats`]: a nats-server of the test's own
//! - [`HttpSink`] and [`MailSink`]: providers on loopback that record what they get and fail when told to
//! - [`TestApp`]: one service running for real on all of that, and [`Client`]s that act on it as somebody
//! - [`clock`] and [`ids`]: the same time and ids in every run
//!
//! Everything panics with a reason instead of returning errors: a test has no other use for them.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod app;
mod client;
mod cluster;
mod database;
mod http_sink;
mod mail_sink;
mod nats;
mod recorded;
mod repeatable;
mod template;

pub use app::{AppBuilder, TENANT, TestApp};
pub use client::{Answer, Client};
pub use cluster::{start_cluster, stop_everything, use_durable_cluster};
pub use database::TestDatabase;
pub use http_sink::{HttpSink, Received};
pub use mail_sink::{Mail, MailSink};
pub use nats::TestNats;
pub use repeatable::{clock, ids};
pub use template::Template;
