//! Lead posted → "assigned" seen on the bus, at about half of the intake's load.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_nats::jetstream::{self, consumer::pull::OrderedConfig};
use contracts::lead_routing::v1::LeadAssigned;
use contracts::{Event, stream_of};
use futures::StreamExt;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::figure;
use crate::leads::Office;

const LEADS: u32 = 600;
/// Posts per second: about half of what one laptop core takes in.
const PER_SECOND: u64 = 60;

type Posted = Arc<Mutex<HashMap<String, Instant>>>;

pub async fn run() {
    let office = Office::open().await;
    let js = jetstream::new(async_nats::connect(office.app.nats.url()).await.expect("connected"));
    let stream = js.get_stream(stream_of("lead-routing")).await.expect("the stream");
    let wanted = OrderedConfig { filter_subject: LeadAssigned::KIND.subject.into(), ..Default::default() };
    let mut assigned = stream.create_consumer(wanted).await.expect("a consumer").messages().await.expect("messages");

    let posted: Posted = Arc::default();
    let posting = post_steadily(&office, posted.clone());
    let seeing = async {
        let mut latencies = Vec::new();
        while latencies.len() < LEADS as usize {
            let message = assigned.next().await.expect("a message").expect("readable");
            let event: Value = serde_json::from_slice(&message.payload).expect("json");
            let id = event["leadId"].as_str().expect("an id").to_owned();
            let seen = Instant::now();
            latencies.push(since_posted(&posted, &id, seen).await);
        }
        latencies
    };
    let ((), mut latencies) = tokio::join!(posting, seeing);
    let p99 = figure::percentile(&mut latencies, 99.0);
    let p50 = figure::percentile(&mut latencies, 50.0);
    figure::print(
        "chain-p99",
        p99,
        None,
        "ms",
        json!({ "p50": p50, "leads": LEADS, "per second": PER_SECOND, "aim": 250 }),
    );
}

async fn post_steadily(office: &Office, posted: Posted) {
    let mut tick = tokio::time::interval(Duration::from_millis(1_000 / PER_SECOND));
    let mut under_way = Vec::new();
    for number in 0..LEADS {
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

/// Milliseconds from the request's start; the event may be seen before its answer.
async fn since_posted(posted: &Posted, id: &str, seen: Instant) -> f64 {
    loop {
        if let Some(started) = posted.lock().expect("not poisoned").get(id) {
            return seen.duration_since(*started).as_secs_f64() * 1_000.0;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
