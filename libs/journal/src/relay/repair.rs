//! PostgreSQL is the truth, the broker can be lost: what a stream no longer has is published again.

use contracts::stream_of;
use sqlx::PgConnection;

use super::Relay;
use crate::{JournalError, broker};

impl Relay {
    /// Compares the broker's stream with what it acknowledged; whatever it lost waits in the outbox again.
    pub(super) async fn repair_broker(&self) -> Result<(), JournalError> {
        let name = stream_of(self.journal.service());
        let stream = broker::ensure_stream(&self.js, self.journal.service()).await?;
        let info = stream.get_info().await.map_err(JournalError::broker)?;
        let created = info.created.to_string();
        let has = i64::try_from(info.state.last_sequence).unwrap_or(i64::MAX);

        let mut tx = self.journal.read_as_system().await?;
        self.renew_lease(&mut tx).await?;
        let known = sqlx::query_scalar!("select created from broker_streams where stream = $1", name)
            .fetch_optional(&mut *tx)
            .await?;
        let replaced = known.as_ref().is_some_and(|known| *known != created);
        if known.as_ref() != Some(&created) {
            sqlx::query!(
                "insert into broker_streams (stream, created) values ($1, $2)
                 on conflict (stream) do update set created = excluded.created",
                name,
                created,
            )
            .execute(&mut *tx)
            .await?;
        }
        let after = if replaced { 0 } else { has };
        let events = publish_again(&mut tx, after).await?;
        tx.commit().await?;
        if events > 0 {
            tracing::warn!(stream = name, after, events, "relay: the broker lost events; publishing them again");
        }
        Ok(())
    }
}

/// Puts every event with a sequence above `after` back into the outbox, where its position keeps it ahead of what
/// was written since. A batch goes back as a whole: the broker drops or consumers ignore what they already have.
pub(super) async fn publish_again(db: &mut PgConnection, after: i64) -> Result<u64, JournalError> {
    let again = sqlx::query!(
        "with lost as (delete from published where last_sequence > $1 returning event_ids)
         insert into outbox (position, event_id, tenant_id, sealed)
         select j.position, j.event_id, j.tenant_id, true
         from lost cross join unnest(lost.event_ids) as e (event_id) join journal j using (event_id)",
        after,
    )
    .execute(db)
    .await?;
    Ok(again.rows_affected())
}
