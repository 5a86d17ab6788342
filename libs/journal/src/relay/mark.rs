//! What the broker has acknowledged leaves the outbox and enters the ledger, in one transaction.

use std::sync::atomic::Ordering;

use uuid::Uuid;

use super::publish::Acknowledged;
use super::repair::publish_again;
use super::{Relay, Waiting};
use crate::{JournalError, seal};

impl Relay {
    /// Marks a batch as published at these places.
    pub(super) async fn mark(&self, batch: &[Waiting], places: &Acknowledged) -> Result<(), JournalError> {
        let Some(last_sequence) = places.sequences.iter().max() else { return Ok(()) };
        let mut tx = self.journal.read_as_system().await?;
        self.renew_lease(&mut tx).await?;
        // A sequence given out twice: the broker went back to an older state between two checks and lost the first.
        let newest = self.newest.load(Ordering::Relaxed);
        if let Some(first) = places.fresh_from.filter(|first| *first <= newest) {
            let events = publish_again(&mut tx, first - 1).await?;
            if events > 0 {
                tracing::warn!(first, events, "relay: the broker went back; publishing again what it lost");
            }
        }
        let positions: Vec<i64> = batch.iter().map(|waiting| waiting.position).collect();
        let events: Vec<Uuid> = batch.iter().map(|waiting| waiting.event_id).collect();
        let gone = sqlx::query_scalar!(
            r#"with gone as (delete from outbox where position = any($1) returning 1),
                  kept as (insert into published (last_sequence, event_ids, sequences, published_at)
                           values ($2, $3, $4, $5))
               select count(*) as "count!" from gone"#,
            &positions,
            last_sequence,
            &events,
            &places.sequences,
            self.journal.clock().now(),
        )
        .fetch_one(&mut *tx)
        .await?;
        // Whoever takes a record out of the outbox makes it a leaf: that nobody else did is what keeps leaves unique.
        if usize::try_from(gone) != Ok(batch.len()) {
            return Err(JournalError::LeaseLost);
        }
        let fresh = batch.iter().filter(|waiting| !waiting.sealed).map(Waiting::leaf);
        seal::append(&mut tx, fresh.collect::<Result<_, _>>()?).await?;
        tx.commit().await?;
        self.newest.store(*last_sequence, Ordering::Relaxed);
        Ok(())
    }
}
