//! Outbox → JetStream, against publishing the same messages pipelined.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::{self, Context};
use bytes::Bytes;
use contracts::lead_routing::v1::LeadTouched;
use journal::ledger::Signer;
use journal::relay::Relay;
use journal::{Caller, Entry, Journal};
use kernel::{Clock, IdSource, TenantId};
use serde_json::json;
use testkit::{Template, TestDatabase, TestNats};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::figure;

const EVENTS: usize = 40_000;
const PIPELINED: usize = 1_024;
const ROUNDS: usize = 3;
const TENANT: TenantId = TenantId(Uuid::from_u128(1));

pub async fn run() {
    let (mut ours, mut limit) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        limit.push(pipelined_publish().await);
        ours.push(relayed().await);
    }
    let detail = json!({ "events": EVENTS, "rounds": ROUNDS, "limit": "the same messages published pipelined, 1,024 in flight" });
    figure::print("relay", figure::median(ours), Some(figure::median(limit)), "events/s", detail);
}

/// A client of the server, whose stream is there already.
async fn connect(nats: &TestNats) -> Context {
    let js = jetstream::new(async_nats::connect(nats.url()).await.expect("connected"));
    journal::broker::ensure_stream(&js, "lead-routing").await.expect("a stream");
    js
}

/// Fills the outbox, then times the relay from its start until everything is acknowledged, marked and sealed.
async fn relayed() -> f64 {
    let template = Template::new().service("lead-routing", &[&journal::MIGRATOR]);
    let (database, nats) = tokio::join!(TestDatabase::new(&template), TestNats::start());
    let clock = Clock::system();
    let journal =
        Journal::new("lead-routing", database.pool("lead-routing").await, clock.clone(), IdSource::random(clock));
    fill_outbox(&journal).await;
    let signer = Arc::new(Signer::new("sluice/lead-routing", &[9; 32]).expect("a key"));
    let js = connect(&nats).await;
    let stop = CancellationToken::new();
    let started = Instant::now();
    let relay = tokio::spawn(Relay::new(journal.clone(), js, signer).run(stop.clone()));
    // A record becomes a leaf in the transaction that takes it out of the outbox; this asks for one row only.
    let sealed = "select coalesce(sum(size), 0)::bigint from lead_routing.ledger_trees";
    let all = i64::try_from(EVENTS).expect("small");
    let mut admin = database.admin().await;
    while sqlx::query_scalar::<_, i64>(sealed).fetch_one(&mut admin).await.expect("read") < all {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let rate = figure::per_second(EVENTS, started.elapsed());
    stop.cancel();
    relay.await.expect("the relay ends");
    rate
}

async fn fill_outbox(journal: &Journal) {
    let principal = kernel::Principal::service(TENANT, "lead-routing");
    let mut written = 0;
    while written < EVENTS {
        let mut write = journal.begin(&Caller::request(principal.clone(), Uuid::nil())).await.expect("begun");
        for _ in 0..500 {
            let id = write.new_id();
            write.record(Entry::new(&event(id), id, 1).expect("an entry"));
        }
        write.commit(()).await.expect("committed");
        written += 500;
    }
}

fn event(id: Uuid) -> LeadTouched {
    LeadTouched { lead_id: id.to_string(), rep_id: Uuid::from_u128(5).to_string(), touched_at: None }
}

/// The fastest a client gets the same messages acknowledged.
async fn pipelined_publish() -> f64 {
    let nats = TestNats::start().await;
    let js = connect(&nats).await;
    let payload = Bytes::from(serde_json::to_vec(&event(Uuid::from_u128(7))).expect("json"));
    let started = Instant::now();
    let mut under_way = VecDeque::with_capacity(PIPELINED);
    for n in 0..EVENTS {
        if under_way.len() == PIPELINED {
            acknowledged(&mut under_way).await;
        }
        let sent = js.publish_with_headers("evt.lead-routing.lead.touched", headers(n), payload.clone()).await;
        under_way.push_back(sent.expect("sent"));
    }
    while !under_way.is_empty() {
        acknowledged(&mut under_way).await;
    }
    figure::per_second(EVENTS, started.elapsed())
}

async fn acknowledged(under_way: &mut VecDeque<jetstream::context::PublishAckFuture>) {
    if let Some(first) = under_way.pop_front() {
        first.await.expect("acknowledged");
    }
}

/// As many and as long as the relay's own.
fn headers(n: usize) -> HeaderMap {
    let id = Uuid::from_u128(n as u128).to_string();
    let mut headers = HeaderMap::new();
    for name in ["Nats-Msg-Id", "ce-id", "ce-subject", "ce-tenant", "ce-actor", "ce-correlation"] {
        headers.insert(name, id.as_str());
    }
    headers.insert("ce-specversion", "1.0");
    headers.insert("ce-type", "lead.touched.v1");
    headers.insert("ce-source", "sluice/lead-routing");
    headers.insert("ce-time", "2027-01-04T01:00:00.123456789Z");
    headers.insert("ce-version", "1");
    headers.insert("ce-actorrole", "service");
    headers
}
