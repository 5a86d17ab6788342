//! Nobody waits for an answer any more: a browser is closed, a time limit passes.

use futures::FutureExt;
use kernel::Scope;
use uuid::Uuid;

use crate::stage::{Stage, TENANT, caller, person};

const LEFT_OPEN: &str = "select count(*) from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'";

/// Polls `work` so many times and drops it, wherever it stands then.
async fn abandoned_after<T>(polls: usize, work: impl Future<Output = T>) {
    let mut work = Box::pin(work);
    for _ in 0..polls {
        if work.as_mut().now_or_never().is_some() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn whoever_stops_waiting_leaves_no_transaction_open() {
    let stage = Stage::set().await;
    for polls in 0..100 {
        abandoned_after(polls, stage.journal.read(&person(TENANT), Scope::All)).await;
        stage.until(LEFT_OPEN, 0).await;
        abandoned_after(polls, stage.journal.begin(&caller(TENANT))).await;
        stage.until(LEFT_OPEN, 0).await;
        abandoned_after(polls, stage.journal.read_as_system()).await;
        stage.until(LEFT_OPEN, 0).await;
    }
    let writes = (1..=20).map(|lead| stage.touch(Uuid::from_u128(lead), 1..=1));
    futures::future::join_all(writes).await;
}
