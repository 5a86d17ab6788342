//! Publishes the outbox to JetStream, in order, and seals what it published into the ledger.
//!
//! One relay per service works at a time (a lease in the database, checked again in the transaction
//! that marks rows as published). Publishing twice is harmless, forgetting is not, so the order is:
//! publish, wait for the broker's acknowledgement, then mark.

use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::Context;
use contracts::stream_of;
use futures::future::try_join_all;
use sqlx::PgConnection;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::ledger::{Record, Signer};
use crate::{Journal, JournalError, broker, crash, read, seal};

const BATCH: i64 = 512;
/// How many batches go out before the lease is taken anew.
const BATCHES_PER_LEASE: usize = 16;
const IDLE_POLL: Duration = Duration::from_millis(100);
const LEASE_SECONDS: f64 = 10.0;
const CHECK_BROKER_EVERY: Duration = Duration::from_secs(1);

/// Works one service's outbox.
pub struct Relay {
    journal: Journal,
    js: Context,
    signer: Arc<Signer>,
    holder: Uuid,
}

/// Acknowledged by the broker and not yet marked.
#[derive(Default)]
struct Published {
    rows: Vec<Waiting>,
    sequences: Vec<i64>,
}

struct Waiting {
    position: i64,
    event_id: Uuid,
    tenant_id: Uuid,
    subject: String,
    traceparent: Option<String>,
    sealed: bool,
    record: String,
}

impl Relay {
    pub fn new(journal: Journal, js: Context, signer: Arc<Signer>) -> Self {
        let holder = journal.ids().new_id();
        Self { journal, js, signer, holder }
    }

    /// Relays until shut down; a failing broker or database is retried for ever.
    pub async fn run(self, shutdown: CancellationToken) {
        let mut broker_checked: Option<tokio::time::Instant> = None;
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
    async fn drain(&self, checked: &mut Option<tokio::time::Instant>) -> Result<(), JournalError> {
        while self.step(checked).await? > 0 {}
        Ok(())
    }

    /// One round: hold the lease, repair a replaced broker, publish a batch, sign checkpoints.
    /// Answers how many events were published.
    async fn step(&self, checked: &mut Option<tokio::time::Instant>) -> Result<usize, JournalError> {
        if !self.hold_lease().await? {
            return Ok(0);
        }
        if checked.is_none_or(|at| at.elapsed() > CHECK_BROKER_EVERY) {
            self.repair_broker().await?;
            seal::sign_checkpoints(&self.journal, &self.signer).await?;
            *checked = Some(tokio::time::Instant::now());
        }
        self.relay_waiting().await
    }

    /// Publishes what waits now, batch after batch: while one is on its way to the broker, the one before it is
    /// marked and the one after it loaded.
    async fn relay_waiting(&self) -> Result<usize, JournalError> {
        let (mut published, mut relayed) = (Published::default(), 0);
        let mut waiting = self.load(&[]).await?;
        for _ in 0..BATCHES_PER_LEASE {
            if waiting.is_empty() {
                break;
            }
            let under_way: Vec<i64> = published.rows.iter().chain(&waiting).map(|row| row.position).collect();
            let (sequences, (), next) =
                tokio::try_join!(self.publish(&waiting), self.mark(&published), self.load(&under_way))?;
            crash::point("after_publish");
            relayed += waiting.len();
            published = Published { rows: std::mem::replace(&mut waiting, next), sequences };
        }
        self.mark(&published).await?;
        Ok(relayed)
    }

    async fn hold_lease(&self) -> Result<bool, JournalError> {
        let held = sqlx::query!(
            "insert into relay_lease (name, holder, until)
             values ('outbox', $1, clock_timestamp() + make_interval(secs => $2))
             on conflict (name) do update set holder = excluded.holder, until = excluded.until
                 where relay_lease.holder = excluded.holder or relay_lease.until < clock_timestamp()",
            self.holder,
            LEASE_SECONDS,
        )
        .execute(self.journal.pool())
        .await?;
        Ok(held.rows_affected() == 1)
    }

    async fn release(&self) -> Result<(), JournalError> {
        sqlx::query!("delete from relay_lease where name = 'outbox' and holder = $1", self.holder)
            .execute(self.journal.pool())
            .await?;
        Ok(())
    }

    /// The first batch that waits and is not under way. Always from the start: a write that committed late may
    /// have a lower position than one already published.
    async fn load(&self, under_way: &[i64]) -> Result<Vec<Waiting>, JournalError> {
        let mut tx = self.journal.read_as_system().await?;
        let rows = sqlx::query_as!(
            Waiting,
            "select o.position, o.event_id, o.tenant_id, o.subject, o.traceparent, o.sealed, j.record
             from outbox o join journal j using (event_id)
             where o.published_at is null and o.position <> all ($2) order by o.position limit $1",
            BATCH,
            under_way,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows)
    }

    /// Sends the whole batch, then waits for every acknowledgement.
    async fn publish(&self, waiting: &[Waiting]) -> Result<Vec<i64>, JournalError> {
        let mut acks = Vec::with_capacity(waiting.len());
        for row in waiting {
            // Written by this service; whether it still is what was sealed is the ledger's question.
            let record: Record = serde_json::from_str(&row.record)?;
            let headers = headers_of(&record, row.traceparent.as_deref());
            let payload = record.data.get().to_owned().into();
            let ack = self
                .js
                .publish_with_headers(row.subject.clone(), headers, payload)
                .await
                .map_err(JournalError::broker)?;
            acks.push(ack.into_future());
        }
        let acks = try_join_all(acks).await.map_err(JournalError::broker)?;
        Ok(acks.into_iter().map(|ack| i64::try_from(ack.sequence).unwrap_or(i64::MAX)).collect())
    }

    async fn mark(&self, published: &Published) -> Result<(), JournalError> {
        let Published { rows, sequences } = published;
        if rows.is_empty() {
            return Ok(());
        }
        let mut tx = self.journal.read_as_system().await?;
        self.confirm_lease(&mut tx).await?;
        let positions: Vec<i64> = rows.iter().map(|row| row.position).collect();
        sqlx::query!(
            "update outbox o set published_at = $3, stream_sequence = p.sequence, sealed = true
             from unnest($1::bigint[], $2::bigint[]) as p (position, sequence) where o.position = p.position",
            &positions,
            sequences,
            self.journal.clock().now(),
        )
        .execute(&mut *tx)
        .await?;
        let fresh = rows.iter().filter(|row| !row.sealed).map(|row| (row.tenant_id, row.event_id, row.record.as_str()));
        seal::append(&mut tx, fresh).await?;
        let last = sequences.iter().copied().max().unwrap_or(0);
        sqlx::query!(
            "update broker_streams set last_sequence = greatest(last_sequence, $2) where stream = $1",
            stream_of(self.journal.service()),
            last,
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// A relay that lost its lease while publishing must not mark: the new holder publishes again.
    async fn confirm_lease(&self, db: &mut PgConnection) -> Result<(), JournalError> {
        let held = sqlx::query!(
            "select 1 as held from relay_lease where name = 'outbox' and holder = $1 and until > clock_timestamp() for update",
            self.holder,
        )
        .fetch_optional(db)
        .await?;
        if held.is_none() {
            Err(JournalError::Broker("the relay's lease went to another process".into()))
        } else {
            Ok(())
        }
    }

    /// Compares the broker's stream with what was published; whatever it lost is published again.
    async fn repair_broker(&self) -> Result<(), JournalError> {
        let service = self.journal.service();
        let stream = broker::ensure_stream(&self.js, service).await?;
        let info = stream.get_info().await.map_err(JournalError::broker)?;
        let created = info.created.to_string();
        let has = i64::try_from(info.state.last_sequence).unwrap_or(i64::MAX);
        let name = stream_of(service);

        let mut tx = self.journal.pool().begin().await?;
        read::enter_system(&mut tx).await?;
        let known =
            sqlx::query!("select created, last_sequence from broker_streams where stream = $1 for update", name)
                .fetch_optional(&mut *tx)
                .await?;
        let lost_after = match known {
            Some(known) if known.created != created => Some(0),
            Some(known) if has < known.last_sequence => Some(has),
            _ => None,
        };
        sqlx::query!(
            "insert into broker_streams (stream, created, last_sequence) values ($1, $2, $3)
             on conflict (stream) do update set created = excluded.created, last_sequence = excluded.last_sequence",
            name,
            created,
            has,
        )
        .execute(&mut *tx)
        .await?;
        if let Some(sequence) = lost_after {
            let again = sqlx::query!(
                "update outbox set published_at = null, stream_sequence = null where stream_sequence > $1",
                sequence,
            )
            .execute(&mut *tx)
            .await?;
            tracing::warn!(
                stream = name,
                after = sequence,
                events = again.rows_affected(),
                "relay: the broker lost events; publishing them again"
            );
        }
        tx.commit().await?;
        Ok(())
    }
}

/// CloudEvents 1.0 attributes in their binary NATS form, plus the de-duplication id.
fn headers_of(record: &Record, traceparent: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("Nats-Msg-Id", record.id.to_string());
    headers.insert("ce-specversion", "1.0");
    headers.insert("ce-id", record.id.to_string());
    headers.insert("ce-type", record.event_type.as_str());
    headers.insert("ce-source", format!("sluice/{}", record.service));
    headers.insert("ce-subject", record.aggregate_id.to_string());
    headers.insert("ce-time", record.at.to_rfc3339());
    headers.insert("ce-tenant", record.tenant.to_string());
    headers.insert("ce-version", record.version.to_string());
    headers.insert("ce-actor", record.actor.id.to_string());
    headers.insert("ce-actorrole", record.actor.role.as_str());
    headers.insert("ce-correlation", record.correlation.to_string());
    if let Some(causation) = record.causation {
        headers.insert("ce-causation", causation.to_string());
    }
    if let Some(parent) = traceparent {
        headers.insert("traceparent", parent);
    }
    headers
}
