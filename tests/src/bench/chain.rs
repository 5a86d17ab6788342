//! Lead posted → "assigned" seen on the bus, at half of what the intake takes at most.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_nats::jetstream;
use async_nats::jetstream::consumer::DeliverPolicy;
use async_nats::jetstream::consumer::pull::{Ordered, OrderedConfig};
use contracts::lead_routing::v1::LeadAssigned;
use contracts::{Event, stream_of};
use futures::StreamExt;
use serde_json::json;
use testkit::use_durable_cluster;
use tokio::time::Instant;

use crate::figure;
use crate::intake;
use crate::leads::Office;

const CAPACITY_TIME: Duration = Duration::from_secs(4);
const TIME: Duration = Duration::from_secs(10);

type Posted = Arc<Mutex<HashMap<String, Instant>>>;

/// How many leads, numbered from where, how fast.
struct Load {
    first: u32,
    leads: u32,
    per_second: f64,
}

pub async fn run() {
    use_durable_cluster();
    let office = Office::open().await;
    let numbers = Arc::new(AtomicU32::new(1));
    let per_second = intake::posted(&office, &numbers, CAPACITY_TIME).await / 2.0;
    let leads = (per_second * TIME.as_secs_f64()) as u32;
    let load = Load { first: numbers.load(Ordering::Relaxed), leads, per_second };
    outbox_is_empty(&office).await;
    let assigned = newly_assigned(&office).await;

    let posted: Posted = Arc::default();
    let seeing = seen(&office, assigned, leads, &posted);
    let ((), mut latencies) = tokio::join!(post_steadily(&office, &load, posted.clone()), seeing);
    let p99 = figure::percentile(&mut latencies, 99.0);
    let p50 = figure::percentile(&mut latencies, 50.0);
    let detail = json!({ "p50": p50, "leads": leads, "leads/s": per_second.round(), "aim": 250 });
    figure::print("chain-p99", p99, None, "ms", detail);
}

async fn outbox_is_empty(office: &Office) {
    let waiting = "select count(*) from lead_routing.outbox";
    let empty = async || {
        let count: i64 = sqlx::query_scalar(waiting).fetch_one(&mut office.app.admin().await).await.ok()?;
        (count == 0).then_some(())
    };
    office.app.eventually("an empty outbox", empty).await;
}

async fn newly_assigned(office: &Office) -> Ordered {
    let js = jetstream::new(async_nats::connect(office.app.nats.url()).await.expect("connected"));
    let stream = js.get_stream(stream_of("lead-routing")).await.expect("the stream");
    let wanted = OrderedConfig {
        filter_subject: LeadAssigned::KIND.subject.into(),
        deliver_policy: DeliverPolicy::New,
        ..Default::default()
    };
    stream.create_consumer(wanted).await.expect("a consumer").messages().await.expect("messages")
}

/// Milliseconds from each request's start; an event may be seen before the request's answer.
async fn seen(office: &Office, mut assigned: Ordered, leads: u32, posted: &Posted) -> Vec<f64> {
    let mut latencies = Vec::new();
    while latencies.len() < leads as usize {
        let message = assigned.next().await.expect("a message").expect("readable");
        let seen = Instant::now();
        let event: LeadAssigned = serde_json::from_slice(&message.payload).expect("an event");
        let started = async || posted.lock().expect("not poisoned").get(&event.lead_id).copied();
        let started = office.app.eventually("the answer to a seen lead", started).await;
        latencies.push(seen.duration_since(started).as_secs_f64() * 1_000.0);
    }
    latencies
}

async fn post_steadily(office: &Office, load: &Load, posted: Posted) {
    let mut tick = tokio::time::interval(Duration::from_secs_f64(1.0 / load.per_second));
    let mut under_way = Vec::new();
    for number in load.first..load.first + load.leads {
        tick.tick().await;
        let (client, posted) = (office.client.clone(), posted.clone());
        under_way.push(tokio::spawn(async move {
            let started = Instant::now();
            let lead = client.post("/api/leads", &Office::lead(number)).await.ok();
            let id = lead["id"].as_str().expect("an id").to_owned();
            posted.lock().expect("not poisoned").insert(id, started);
        }));
    }
    for one in under_way {
        one.await.expect("posted");
    }
}
