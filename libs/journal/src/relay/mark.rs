//! What the broker has acknowledged leaves the outbox and enters the ledger, in one transaction.

use uuid::Uuid;

use super::{Relay, Waiting};
use crate::{JournalError, seal};

impl Relay {
    /// Marks a batch as published under these stream sequences, in the same order.
    pub(super) async fn mark(&self, batch: &[Waiting], sequences: &[i64]) -> Result<(), JournalError> {
        let Some(last_sequence) = sequences.iter().max() else { return Ok(()) };
        let mut tx = self.journal.read_as_system().await?;
        self.renew_lease(&mut tx).await?;
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
            sequences,
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
        Ok(())
    }
}
