//! One write is state, evidence and outbox.
//!
//! Every operation opens a [`Write`], changes its tables, records what happened and commits: the new
//! state, the journal row, its outbox row and any timers become visible together or not at all. A
//! [`relay::Relay`] publishes the outbox to JetStream and seals the journal into a signed Merkle log.
//!
//! | module | what it holds |
//! |---|---|
//! | [`caller`] | on whose behalf and why a write happens |
//! | [`write`](mod@write), [`entry`] | the transaction and what it records |
//! | [`timers`] | deadlines armed in the same transaction |
//! | [`relay`], [`broker`] | outbox → JetStream, repair of a rewound broker |
//! | [`consume`] | JetStream → handler, retries, dead letters |
//! | [`gate`] | projections apply each version once and in order |
//! | [`seal`], [`ledger`] | Merkle log, checkpoints, export, offline verification |

pub mod broker;
pub mod caller;
mod claim;
pub mod consume;
pub mod crash;
pub mod dead_letters;
pub mod entry;
pub mod error;
pub mod export;
pub mod gate;
pub mod ledger;
pub mod read;
pub mod relay;
pub mod retention;
pub mod seal;
pub mod timers;
mod transaction;
pub mod write;

pub use caller::{Caller, IdempotencyKey, Origin};
pub use entry::Entry;
pub use error::JournalError;
pub use gate::Passage;
pub use timers::Timer;
pub use write::Write;

use std::sync::Arc;

use kernel::{Clock, IdSource};
use sqlx::PgPool;
use tokio::sync::Notify;

/// The tables of this crate, created inside each service's schema.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!();

/// A service's journal: the one way its operations write.
#[derive(Clone)]
pub struct Journal {
    pool: PgPool,
    service: &'static str,
    clock: Clock,
    ids: IdSource,
    committed: Arc<Notify>,
    armed: Arc<Notify>,
}

impl Journal {
    /// The journal of `service`, in the schema that `pool` connects to.
    pub fn new(service: &'static str, pool: PgPool, clock: Clock, ids: IdSource) -> Self {
        Self { pool, service, clock, ids, committed: Arc::default(), armed: Arc::default() }
    }

    /// The name events are recorded under.
    pub fn service(&self) -> &'static str {
        self.service
    }

    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    pub fn ids(&self) -> &IdSource {
        &self.ids
    }

    /// Wakes when a write of this process has left something for the relay.
    pub(crate) fn committed(&self) -> &Notify {
        &self.committed
    }

    /// Wakes when a write of this process has armed a timer.
    pub(crate) fn armed(&self) -> &Notify {
        &self.armed
    }
}
