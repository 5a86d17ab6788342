//! Publishes the outbox to JetStream, in order, and seals what it published into the ledger.
//!
//! One relay per service works at a time (a lease in the database, renewed in the transaction that
//! marks records as published). Publishing twice is harmless, forgetting is not, so the order is:
//! publish, wait for the broker's acknowledgement, then mark.
//!
//! | module | what it holds |
//! |---|---|
//! | `message` | a record as a message: subject, headers, payload |
//! | `publish` | a batch to the stream, and where it was stored |
//! | `mark` | outbox → published and sealed, in one transaction |
//! | `repair` | publishing again what the broker lost |

mod mark;
mod message;
mod publish;
mod repair;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use async_nats::jetstream::Context;
use futures::{Stream, TryStreamExt};
use sqlx::PgConnection;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use publish::{Acknowledged, Sent};

use crate::ledger::Signer;
use crate::seal::{self, Leaf};
use crate::{Journal, JournalError, crash};

/// How many records are sent, and marked, together.
const BATCH: usize = 1_024;
/// How many batches wait between two stages.
const AHEAD: usize = 1;
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

    /// Publishes what waits now: batches are loaded and sent, answered, and marked, all at once and in order.
    ///
    /// All of it is one query, hence one view of the outbox: read page by page, a page could hold a record whose
    /// predecessor was committed behind the pages already read. It starts at the lowest position every time, so that
    /// nothing committed late is passed over. `limit 1` makes the journal's part one look-up per record: a queue's
    /// statistics are never right, and a join would now and then read the whole journal.
    async fn round(&self) -> Result<usize, JournalError> {
        let mut tx = self.journal.read_as_system().await?;
        let batches = sqlx::query_as!(
            Waiting,
            "select o.position, o.event_id, o.tenant_id, o.sealed, j.traceparent, j.record, j.hash
             from (select * from outbox order by position limit $1) o
             cross join lateral (select traceparent, record, hash from journal where event_id = o.event_id limit 1) j
             order by o.position",
            ROUND,
        )
        .fetch(&mut *tx)
        .try_chunks(BATCH)
        .map_err(|error| JournalError::Database(error.1));
        let (to_answer, sent) = mpsc::channel(AHEAD);
        let (to_mark, answered) = mpsc::channel(AHEAD);
        let ((), (), count) =
            tokio::try_join!(self.send_all(batches, to_answer), answer_all(sent, to_mark), self.mark_all(answered))?;
        Ok(count)
    }

    async fn send_all(
        &self,
        batches: impl Stream<Item = Result<Vec<Waiting>, JournalError>>,
        sent: Sender<Sent>,
    ) -> Result<(), JournalError> {
        let mut batches = pin!(batches);
        while let Some(batch) = batches.try_next().await? {
            // Nobody listens any more: whoever stopped says why.
            let Ok(()) = sent.send(self.send(batch).await?).await else { break };
        }
        Ok(())
    }

    async fn mark_all(&self, mut answered: Receiver<(Vec<Waiting>, Acknowledged)>) -> Result<usize, JournalError> {
        let mut count = 0;
        while let Some((batch, places)) = answered.recv().await {
            crash::point("after_publish");
            self.mark(&batch, &places).await?;
            count += batch.len();
        }
        Ok(count)
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

async fn answer_all(
    mut sent: Receiver<Sent>,
    answered: Sender<(Vec<Waiting>, Acknowledged)>,
) -> Result<(), JournalError> {
    while let Some(sent) = sent.recv().await {
        let Ok(()) = answered.send(sent.answered().await?).await else { break };
    }
    Ok(())
}
