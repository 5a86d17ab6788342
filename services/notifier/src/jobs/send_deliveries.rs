//! Claims deliveries that are due and sends them, several at a time.

use chrono::Duration;
use futures::{StreamExt, stream};
use journal::Caller;
use kernel::{AsProblem, Kind};
use tracing::Instrument;

use crate::app::State;
use crate::error::NotifierError;
use crate::ops::send_delivery::send_delivery;
use crate::store::claims::{self, Claimed};

const BATCH: i64 = 32;
const CONCURRENCY: usize = 8;
/// Longer than any adapter takes; then another sender may try.
const LEASE: Duration = Duration::seconds(90);

pub async fn run(state: State) -> Result<(), NotifierError> {
    loop {
        let due = claim(&state).await?;
        let last = i64::try_from(due.len()).unwrap_or(BATCH) < BATCH;
        stream::iter(due).for_each_concurrent(CONCURRENCY, |delivery| send(&state, delivery)).await;
        if last {
            return Ok(());
        }
    }
}

async fn claim(state: &State) -> Result<Vec<Claimed>, NotifierError> {
    let now = state.clock.now();
    let mut tx = state.journal.read_as_system().await?;
    let due = claims::claim(&mut tx, now, now + LEASE, BATCH).await?;
    tx.commit().await?;
    Ok(due)
}

/// Whatever goes wrong here, the lease runs out and the delivery is claimed again.
async fn send(state: &State, delivery: Claimed) {
    let span = tracing::info_span!("send", delivery = %delivery.id, channel = %delivery.channel,
        attempt = delivery.attempts, trace_id = tracing::field::Empty);
    runtime::telemetry::continue_trace(&span, delivery.traceparent.as_deref());
    let mut caller = Caller::job(delivery.tenant, "notifier", delivery.correlation);
    caller.causation = Some(delivery.cause_event_id);
    caller.traceparent = runtime::telemetry::traceparent_of(&span);
    let id = delivery.id;
    if let Err(error) = send_delivery(state, &caller, delivery).instrument(span).await {
        let problem = error.problem();
        if problem.kind != Kind::Replayed {
            tracing::warn!(delivery = %id, code = problem.code, why = problem.internal, "delivery: its outcome is not recorded; it will be tried again");
        }
    }
}
