//! Starts and stops a private PostgreSQL and a private nats-server inside a folder, for laptops and tests.
//! The machine's own servers are never touched.
//!
//! - [`PostgresServer`] and [`NatsServer`]: one handle each; `start` on the same folder again attaches or restarts
//! - `folder`: the data folder, its owner, its lock and the port it remembers
//! - `port`: one that nobody takes while the server is away
//! - `programs`: where the installed programs are, and whether they are new enough
//! - `process`: signals, liveness and bounded waiting
//!
//! All calls block for as long as the server takes (milliseconds for nats-server, about a second for a new
//! database cluster); asynchronous callers use `spawn_blocking`.

mod error;
mod folder;
mod nats;
mod port;
mod postgres;
mod process;
mod programs;

pub use error::ServerError;
pub use nats::NatsServer;
pub use postgres::{PostgresOptions, PostgresServer};
pub use programs::postgres_program;

/// What happens to a server when its handle is dropped without `stop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDrop {
    /// It keeps running; a later `start` on the same folder attaches to it.
    Keep,
    /// It is killed, so that tests leave nothing behind.
    Kill,
}
