//! A million armed timers: how many fire per second at once, and how late they are at a steady rate.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use contracts::lead_routing::v1::LeadTouched;
use journal::timers::{Fired, Handler};
use journal::{Caller, Entry, Journal, JournalError, timers};
use kernel::{AsProblem, Clock, IdSource};
use serde_json::json;
use testkit::{Template, TestDatabase};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::figure;

const ARMED: i64 = 1_000_000;
const AT_ONCE: usize = 10_000;
const STEADY: usize = 6_000;
const STEADY_SECONDS: i64 = 20;

type Lateness = Arc<Mutex<Vec<f64>>>;

pub async fn run() {
    let template = Template::new().service("lead-routing", &[&journal::MIGRATOR]);
    let database = TestDatabase::new(&template).await;
    let clock = Clock::system();
    let pool = database.pool("lead-routing").await;
    let journal = Journal::new("lead-routing", pool, clock.clone(), IdSource::random(clock));
    arm(&database, ARMED, "now() + interval '30 days' + g * interval '1 second'").await;

    arm(&database, i64::try_from(AT_ONCE).expect("small"), "now() - interval '1 second'").await;
    let (rate, _) = fire(&journal, AT_ONCE).await;
    let detail = json!({ "armed": ARMED, "due at once": AT_ONCE, "each": "one transaction with a journal entry" });
    figure::print("timers-fired", rate, None, "timers/s", detail);

    let gap = format!("now() + interval '1 second' + g * interval '{} second'", STEADY_SECONDS as f64 / STEADY as f64);
    arm(&database, i64::try_from(STEADY).expect("small"), &gap).await;
    let (_, mut lateness) = fire(&journal, STEADY).await;
    let p99 = figure::percentile(&mut lateness, 99.0);
    let detail = json!({
        "armed": ARMED, "due per second": STEADY as i64 / STEADY_SECONDS, "p50": figure::percentile(&mut lateness, 50.0), "aim": 1.0,
    });
    figure::print("timers-lateness-p99", p99, None, "s", detail);
}

async fn arm(database: &TestDatabase, count: i64, due: &str) {
    let sql = format!(
        "insert into lead_routing.timers (id, tenant_id, aggregate, aggregate_id, kind, generation, due_at, next_try_at, payload)
         select gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'lead', gen_random_uuid(), 'untouched', 1, {due}, {due}, '{{}}'
         from generate_series(1, {count}) g"
    );
    let mut admin = database.admin().await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.expect("armed");
    sqlx::raw_sql("analyze lead_routing.timers").execute(&mut admin).await.expect("analysed");
}

/// Runs the timers until `count` have fired; answers the rate and how late each was, in seconds.
async fn fire(journal: &Journal, count: usize) -> (f64, Vec<f64>) {
    let lateness: Lateness = Arc::default();
    let (seen, of) = (lateness.clone(), journal.clone());
    let handler: Handler = Arc::new(move |caller, fired| {
        let done = on_fired(of.clone(), seen.clone(), caller, fired);
        Box::pin(async move { done.await.map_err(|error| error.problem()) })
    });
    let stop = CancellationToken::new();
    let started = Instant::now();
    let runner = tokio::spawn(timers::run(journal.clone(), HashMap::from([("untouched", handler)]), stop.clone()));
    while lateness.lock().expect("not poisoned").len() < count {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let took = started.elapsed();
    stop.cancel();
    runner.await.expect("ended");
    let lateness = std::mem::take(&mut *lateness.lock().expect("not poisoned"));
    (figure::per_second(count, took), lateness)
}

async fn on_fired(journal: Journal, seen: Lateness, caller: Caller, fired: Fired) -> Result<(), JournalError> {
    let mut write = journal.begin(&caller).await?;
    let id = fired.aggregate_id;
    let event = LeadTouched { lead_id: id.to_string(), rep_id: String::new(), touched_at: None };
    write.record(Entry::new(&event, id, 1)?);
    write.commit(()).await?;
    seen.lock().expect("not poisoned").push(seconds_since(fired.due_at, journal.clock().now()));
    Ok(())
}

fn seconds_since(due: DateTime<Utc>, now: DateTime<Utc>) -> f64 {
    (now - due).num_microseconds().unwrap_or(0) as f64 / 1e6
}
