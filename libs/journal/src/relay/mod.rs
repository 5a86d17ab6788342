//! Publishes the outbox to JetStream, in order, and seals what it published into the ledger.
//!
//! One relay per service works at a time (a lease in the database, renewed in the transaction that
//! marks records as published). Publishing twice is harmless, forgetting is not, so the order is:
//! publish, wait for the broker's acknowledgement, then mark.
//!
//! | module | what it holds |
//! |---|---|
//! | `message` | a record as a message: subject, headers, payload |
//! | `mark` | outbox → published and sealed, in one transaction |
//! | `repair` | publishing again what the broker lost |

mod mark;
mod message;
mod repair;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use async_nats::jetstream::Context;
use futures::TryStreamExt;
use futures::stream::TryChunksError;
use sqlx::PgConnection;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::ledger::Signer;
use crate::seal::{self, Leaf};
use crate::{Journal, JournalError, crash};

/// How many records are on their way to the broker at once.
const BATCH: usize = 1_024;
/// How many records one round takes, about a quarter of a second's work: then lease, broker and checkpoints have
/// their turn.
const ROUND: i64 = 8_192;
const IDLE_POLL: Duration = Duration::from_millis(100);
const LEASE_SECONDS: f64 = 10.0;
const CHECK_BROKER_EVERY: Duration = Duration::from_secs(1);

/// Works one service's outbox.
pub struct Relay {
    journal: Journal,
    js: Context,
    signer: Arc<Signer>,
    holder: Uuid,
    /// The newest stream sequence that was marked.
    newest: AtomicI64,
}

/// A record that is not marked as published yet.
struct Waiting {
    position: i64,
    event_id: Uuid,
    tenant_id: Uuid,
    traceparent: Option<String>,
    sealed: bool,
    record: String,
    hash: Vec<u8>,
}

/// Where the broker stored a batch.
#[derive(Default)]
struct Acknowledged {
    /// The stream sequence of each record.
    sequences: Vec<i64>,
    /// The first of them that was given out now; `None` when the broker had all of them before.
    fresh_from: Option<i64>,
}

impl Waiting {
    /// With the leaf hash stored at its writing. Whether it still fits the record is for the ledger's reader to judge.
    fn leaf(&self) -> Result<Leaf, JournalError> {
        let hash = self.hash.as_slice().try_into().map_err(|_| JournalError::DamagedHash(self.event_id))?;
        Ok(Leaf { tenant_id: self.tenant_id, event_id: self.event_id, hash })
    }
}

impl Relay {
    pub fn new(journal: Journal, js: Context, signer: Arc<Signer>) -> Self {
        let holder = journal.ids().new_id();
        Self { journal, js, signer, holder, newest: AtomicI64::new(0) }
    }

    /// Relays until shut down; a failing broker or database is retried for ever.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut broker_checked: Option<Instant> = None;
        while !shutdown.is_cancelled() {
            let pause = match self.step(&mut broker_checked).await {
                Ok(0) => IDLE_POLL,
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "relay: not published; trying again");
                    broker_checked = None;
                    Duration::from_millis(500)
                }
            };
            tokio::select! {
                () = shutdown.cancelled() => break,
                () = self.journal.committed().notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
        if let Err(error) = self.drain(&mut broker_checked).await {
            tracing::warn!(%error, "relay: stopping with unpublished events; the next start publishes them");
        }
        if let Err(error) = self.release().await {
            tracing::debug!(%error, "relay: the lease will run out by itself");
        }
    }

    /// Publishes what the last writes left behind.
    async fn drain(&self, checked: &mut Option<Instant>) -> Result<(), JournalError> {
        while self.step(checked).await? > 0 {}
        Ok(())
    }

    /// One step: hold the lease, repair a replaced broker, sign checkpoints, publish what waits.
    /// Answers how many records were published.
    async fn step(&self, checked: &mut Option<Instant>) -> Result<usize, JournalError> {
        if !self.take_lease().await? {
            return Ok(0);
        }
        if checked.is_none_or(|at| at.elapsed() > CHECK_BROKER_EVERY) {
            self.repair_broker().await?;
            seal::sign_checkpoints(&self.journal, &self.signer).await?;
            *checked = Some(Instant::now());
        }
        self.round().await
    }

    /// Publishes what waits now, batch after batch: while one is on its way to the broker, the one before it is
    /// marked and the one after it loaded.
    ///
    /// All of it is one query, hence one view of the outbox: read page by page, a page could hold a record whose
    /// predecessor was committed behind the pages already read. It starts at the lowest position every time, so that
    /// nothing committed late is passed over. `limit 1` makes the journal's part one look-up per record: a queue's
    /// statistics are never right, and a join would now and then read the whole journal.
    async fn round(&self) -> Result<usize, JournalError> {
        let mut tx = self.journal.read_as_system().await?;
        let mut batches = sqlx::query_as!(
            Waiting,
            "select o.position, o.event_id, o.tenant_id, o.sealed, j.traceparent, j.record, j.hash
             from (select * from outbox order by position limit $1) o
             cross join lateral (select traceparent, record, hash from journal where event_id = o.event_id limit 1) j
             order by o.position",
            ROUND,
        )
        .fetch(&mut *tx)
        .try_chunks(BATCH);
        let (mut published, mut count) = (Vec::new(), 0);
        let mut waiting = batches.try_next().await.map_err(reading)?;
        let mut places = Acknowledged::default();
        while let Some(batch) = waiting {
            let load = async { batches.try_next().await.map_err(reading) };
            let (acknowledged, (), next) =
                tokio::try_join!(self.publish(&batch), self.mark(&published, &places), load)?;
            crash::point("after_publish");
            count += batch.len();
            (published, places, waiting) = (batch, acknowledged, next);
        }
        self.mark(&published, &places).await?;
        Ok(count)
    }

    /// Sends the whole batch, then waits for every acknowledgement.
    async fn publish(&self, batch: &[Waiting]) -> Result<Acknowledged, JournalError> {
        let mut under_way = Vec::with_capacity(batch.len());
        for waiting in batch {
            let message = message::of(&waiting.record, waiting.traceparent.as_deref())?;
            let sent = self.js.publish_with_headers(message.subject, message.headers, message.payload).await;
            under_way.push(sent.map_err(JournalError::broker)?);
        }
        let mut places = Acknowledged::default();
        // The broker answers in order: when one answer is here, those before it are.
        for acknowledgement in under_way {
            let answer = acknowledgement.await.map_err(JournalError::broker)?;
            let sequence = i64::try_from(answer.sequence).unwrap_or(i64::MAX);
            places.sequences.push(sequence);
            if !answer.duplicate && places.fresh_from.is_none() {
                places.fresh_from = Some(sequence);
            }
        }
        Ok(places)
    }

    /// Takes or keeps the lease, unless another relay has it.
    async fn take_lease(&self) -> Result<bool, JournalError> {
        let taken = sqlx::query!(
            "insert into relay_lease (name, holder, until)
             values ('outbox', $1, clock_timestamp() + make_interval(secs => $2))
             on conflict (name) do update set holder = excluded.holder, until = excluded.until
                 where relay_lease.holder = excluded.holder or relay_lease.until < clock_timestamp()",
            self.holder,
            LEASE_SECONDS,
        )
        .execute(self.journal.pool())
        .await?;
        Ok(taken.rows_affected() == 1)
    }

    /// Renews the lease, locked until the transaction ends. A relay that lost it must change nothing: the new
    /// holder does the same work again.
    async fn renew_lease(&self, db: &mut PgConnection) -> Result<(), JournalError> {
        let renewed = sqlx::query!(
            "update relay_lease set until = clock_timestamp() + make_interval(secs => $2)
             where name = 'outbox' and holder = $1 and until > clock_timestamp()",
            self.holder,
            LEASE_SECONDS,
        )
        .execute(db)
        .await?;
        if renewed.rows_affected() == 1 { Ok(()) } else { Err(JournalError::LeaseLost) }
    }

    async fn release(&self) -> Result<(), JournalError> {
        sqlx::query!("delete from relay_lease where name = 'outbox' and holder = $1", self.holder)
            .execute(self.journal.pool())
            .await?;
        Ok(())
    }
}

fn reading(error: TryChunksError<Waiting, sqlx::Error>) -> JournalError {
    JournalError::Database(error.1)
}
