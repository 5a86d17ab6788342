//! Everything that causes a write is carried out at most once.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::{Caller, IdempotencyKey, JournalError, Origin};

/// Takes the request key, inbox row or timer, so that no second write can.
pub(crate) async fn claim(db: &mut PgConnection, caller: &Caller, now: DateTime<Utc>) -> Result<(), JournalError> {
    match &caller.origin {
        Origin::Request(None) | Origin::Job => Ok(()),
        Origin::Request(Some(key)) => claim_key(db, caller, key, now).await,
        Origin::Event { consumer, event_id } => {
            let claimed = sqlx::query!(
                "insert into inbox (consumer, event_id, tenant_id, done_at) values ($1, $2, $3, $4) on conflict do nothing",
                consumer,
                event_id,
                caller.tenant().0,
                now,
            )
            .execute(db)
            .await?;
            if claimed.rows_affected() == 0 { Err(JournalError::Replayed(None)) } else { Ok(()) }
        }
        Origin::Timer { id } => {
            // One that was moved since it was found due does not fire yet.
            let claimed = sqlx::query!(
                "update timers set fired_at = $2 where id = $1 and fired_at is null and due_at <= $2",
                id,
                now,
            )
            .execute(db)
            .await?;
            if claimed.rows_affected() == 0 { Err(JournalError::Replayed(None)) } else { Ok(()) }
        }
    }
}

async fn claim_key(
    db: &mut PgConnection,
    caller: &Caller,
    key: &IdempotencyKey,
    now: DateTime<Utc>,
) -> Result<(), JournalError> {
    let claimed = sqlx::query!(
        "insert into commands (tenant_id, principal_id, key, fingerprint, created_at)
         values ($1, $2, $3, $4, $5) on conflict do nothing",
        caller.tenant().0,
        caller.principal.id,
        key.key,
        &key.fingerprint[..],
        now,
    )
    .execute(&mut *db)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(());
    }
    let first = sqlx::query!(
        "select fingerprint, answer from commands where tenant_id = $1 and principal_id = $2 and key = $3",
        caller.tenant().0,
        caller.principal.id,
        key.key,
    )
    .fetch_one(db)
    .await?;
    if first.fingerprint != key.fingerprint {
        return Err(JournalError::KeyReused);
    }
    Err(JournalError::Replayed(first.answer))
}
