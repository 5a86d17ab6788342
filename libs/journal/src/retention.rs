//! Forgets what is no longer needed for delivery. The journal and the ledger are never touched.

use chrono::Duration;

use crate::{Journal, JournalError, broker};

/// Deletes what is known of published batches, inbox rows, answered request keys and fired timers older than the
/// broker keeps events. Answers how many rows went.
pub async fn sweep(journal: &Journal) -> Result<u64, JournalError> {
    let kept = Duration::from_std(broker::KEPT).unwrap_or(Duration::days(14));
    let before = journal.clock().now() - kept;
    let mut tx = journal.read_as_system().await?;
    let mut gone = 0;
    gone +=
        sqlx::query!("delete from published where published_at < $1", before).execute(&mut *tx).await?.rows_affected();
    gone += sqlx::query!("delete from inbox where done_at < $1", before).execute(&mut *tx).await?.rows_affected();
    gone += sqlx::query!("delete from commands where created_at < $1", before).execute(&mut *tx).await?.rows_affected();
    gone += sqlx::query!("delete from timers where fired_at < $1", before).execute(&mut *tx).await?.rows_affected();
    tx.commit().await?;
    Ok(gone)
}
