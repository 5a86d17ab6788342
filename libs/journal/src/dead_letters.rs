//! Events that a reaction refused for good: kept, visible, replayable.

use chrono::{DateTime, Utc};
use kernel::{Principal, Problem, Scope, Text};
use serde::Serialize;
use sqlx::types::Json;
use uuid::Uuid;

use crate::consume::Incoming;
use crate::read::enter_tenant;
use crate::transaction::{ANSI, begin};
use crate::{Journal, JournalError};

/// A parked event.
#[derive(Clone, Debug, Serialize)]
pub struct DeadLetter {
    pub id: Uuid,
    pub consumer: String,
    pub event_id: Uuid,
    pub subject: String,
    /// The code of the problem that the reaction answered, such as `customer_not_found`.
    pub code: String,
    pub reason: Json<Text>,
    /// What the log says beyond that.
    pub detail: Option<String>,
    pub attempts: i32,
    pub failed_at: DateTime<Utc>,
    pub replayed_at: Option<DateTime<Utc>>,
}

/// Parks an event; parking it again updates the reason.
pub(crate) async fn park(
    journal: &Journal,
    consumer: &str,
    event: &Incoming,
    problem: &Problem,
) -> Result<(), JournalError> {
    let mut tx = journal.read_as_system().await?;
    sqlx::query!(
        "insert into dead_letters (id, tenant_id, consumer, event_id, subject, headers, payload, code, reason, detail,
             attempts, failed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (consumer, event_id) do update
             set code = excluded.code, reason = excluded.reason, detail = excluded.detail,
                 attempts = dead_letters.attempts + 1, failed_at = excluded.failed_at,
                 replayed_at = null",
        journal.ids().new_id(),
        event.meta.tenant.0,
        consumer,
        event.meta.event_id,
        event.subject,
        serde_json::to_value(&event.meta)?,
        event.payload,
        problem.code,
        serde_json::to_value(problem.sentence())?,
        problem.internal,
        i32::try_from(event.meta.deliveries).unwrap_or(i32::MAX),
        journal.clock().now(),
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

impl Journal {
    /// The tenant's dead letters, newest first.
    pub async fn dead_letters(&self, principal: &Principal, limit: i64) -> Result<Vec<DeadLetter>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        let rows = sqlx::query_as!(
            DeadLetter,
            r#"select id, consumer, event_id, subject, code, reason as "reason: Json<Text>", detail, attempts, failed_at,
                      replayed_at
               from dead_letters order by failed_at desc, id limit $1"#,
            limit,
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows)
    }

    /// The consumer and event of a dead letter, to be handled again; none when it is not there.
    pub async fn dead_letter(
        &self,
        principal: &Principal,
        id: Uuid,
    ) -> Result<Option<(String, Incoming)>, JournalError> {
        let mut tx = self.read(principal, Scope::All).await?;
        let row = sqlx::query!("select consumer, subject, headers, payload from dead_letters where id = $1", id)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let meta = serde_json::from_value(row.headers)?;
        Ok(Some((row.consumer, Incoming { subject: row.subject, payload: row.payload, meta })))
    }

    /// Notes that a dead letter was handled after all.
    pub async fn dead_letter_replayed(&self, principal: &Principal, id: Uuid) -> Result<(), JournalError> {
        let mut tx = begin(self.pool(), ANSI).await?;
        enter_tenant(&mut tx, principal).await?;
        sqlx::query!("update dead_letters set replayed_at = $2 where id = $1", id, self.clock().now())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}
