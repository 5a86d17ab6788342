//! Deadlines: armed in the transaction of a write, fired in the transaction of the change they cause.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use futures::{StreamExt, stream};
use kernel::{Kind, Principal, Problem, TenantId};
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Caller, Journal, JournalError, Origin, Write};

const BATCH: i64 = 256;
const CONCURRENCY: usize = 16;
const LONGEST_SLEEP: Duration = Duration::from_millis(250);

/// A deadline of one aggregate. (`aggregate_id`, `kind`, `generation`) is unique: arming the same
/// again moves it, and one that has fired never fires twice.
#[derive(Clone, Debug)]
pub struct Timer {
    pub aggregate: &'static str,
    pub aggregate_id: Uuid,
    pub kind: &'static str,
    pub generation: i32,
    pub due_at: DateTime<Utc>,
    pub payload: Value,
}

/// A timer whose time has come.
#[derive(Clone, Debug)]
pub struct Fired {
    pub aggregate_id: Uuid,
    pub kind: String,
    pub generation: i32,
    pub due_at: DateTime<Utc>,
    pub payload: Value,
}

/// What a service does when a kind of timer fires. The caller claims the timer in `Journal::begin`.
pub type Handler = Arc<dyn Fn(Caller, Fired) -> BoxFuture<'static, Result<(), Problem>> + Send + Sync>;

/// One handler per kind.
pub type Handlers = HashMap<&'static str, Handler>;

impl Write {
    /// Arms or moves a timer; it becomes visible with the write.
    pub async fn arm(&mut self, timer: Timer) -> Result<(), JournalError> {
        let (id, tenant) = (self.new_id(), self.caller().tenant().0);
        sqlx::query!(
            "insert into timers (id, tenant_id, aggregate, aggregate_id, kind, generation, due_at, next_try_at, payload)
             values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
             on conflict (aggregate_id, kind, generation) do update
                 set due_at = excluded.due_at, next_try_at = excluded.due_at, payload = excluded.payload
                 where timers.fired_at is null",
            id,
            tenant,
            timer.aggregate,
            timer.aggregate_id,
            timer.kind,
            timer.generation,
            timer.due_at,
            timer.payload,
        )
        .execute(self.db())
        .await?;
        self.mark_armed();
        Ok(())
    }

    /// Takes back every timer of this kind that has not fired.
    pub async fn disarm(&mut self, aggregate_id: Uuid, kind: &str) -> Result<(), JournalError> {
        sqlx::query!(
            "delete from timers where aggregate_id = $1 and kind = $2 and fired_at is null",
            aggregate_id,
            kind,
        )
        .execute(self.db())
        .await?;
        Ok(())
    }
}

struct Due {
    id: Uuid,
    tenant: TenantId,
    fired: Fired,
}

/// Fires due timers until shut down. Waits for the next one, for a newly armed one, or for a clock
/// that was advanced, whichever comes first.
pub async fn run(journal: Journal, handlers: Handlers, shutdown: CancellationToken) {
    let mut moved = journal.clock().moved();
    while !shutdown.is_cancelled() {
        let fired = match fire_due(&journal, &handlers).await {
            Ok(count) => count,
            Err(error) => {
                tracing::warn!(%error, "timers: cannot read what is due; trying again");
                0
            }
        };
        if fired == usize::try_from(BATCH).unwrap_or(usize::MAX) {
            continue;
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = journal.armed().notified() => {}
            _ = moved.changed() => {}
            () = tokio::time::sleep(LONGEST_SLEEP) => {}
        }
    }
}

/// Fires one batch; answers how many were due.
pub async fn fire_due(journal: &Journal, handlers: &Handlers) -> Result<usize, JournalError> {
    let due = load_due(journal, handlers).await?;
    let count = due.len();
    stream::iter(due).for_each_concurrent(CONCURRENCY, |timer| fire(journal, handlers, timer)).await;
    Ok(count)
}

async fn load_due(journal: &Journal, handlers: &Handlers) -> Result<Vec<Due>, JournalError> {
    let kinds: Vec<String> = handlers.keys().map(|kind| (*kind).to_owned()).collect();
    let mut tx = journal.read_as_system().await?;
    let rows = sqlx::query!(
        "select id, tenant_id, aggregate_id, kind, generation, due_at, payload from timers
         where fired_at is null and next_try_at <= $1 and kind = any($2)
         order by next_try_at limit $3",
        journal.clock().now(),
        &kinds,
        BATCH,
    )
    .fetch_all(&mut *tx)
    .await?;
    let due = rows.into_iter().map(|row| Due {
        id: row.id,
        tenant: TenantId(row.tenant_id),
        fired: Fired {
            aggregate_id: row.aggregate_id,
            kind: row.kind,
            generation: row.generation,
            due_at: row.due_at,
            payload: row.payload,
        },
    });
    Ok(due.collect())
}

async fn fire(journal: &Journal, handlers: &Handlers, due: Due) {
    let Some(handler) = handlers.get(due.fired.kind.as_str()) else { return };
    let caller = Caller {
        principal: Principal::service(due.tenant, journal.service()),
        origin: Origin::Timer { id: due.id },
        correlation: journal.ids().new_id(),
        causation: None,
        traceparent: None,
    };
    let Err(problem) = handler(caller, due.fired.clone()).await else { return };
    if problem.kind == Kind::Replayed {
        return;
    }
    tracing::warn!(timer = %due.id, kind = due.fired.kind, code = problem.code, why = problem.internal,
        "timer: its change was refused; trying again later");
    if let Err(error) = put_off(journal, due.id).await {
        tracing::warn!(timer = %due.id, %error, "timer: cannot be put off; it is tried again at once");
    }
}

/// Lets the others go first: the pause grows from 5 seconds to a minute.
async fn put_off(journal: &Journal, id: Uuid) -> Result<(), JournalError> {
    let mut tx = journal.read_as_system().await?;
    sqlx::query!(
        "update timers set attempts = attempts + 1,
             next_try_at = $2::timestamptz + make_interval(secs => least(attempts + 1, 12) * 5)
         where id = $1",
        id,
        journal.clock().now(),
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}
