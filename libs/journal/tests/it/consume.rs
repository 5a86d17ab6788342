use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contracts::lead_routing::v1::LeadTouched;
use journal::consume::{Consumer, Failure, Handler, Incoming};
use journal::{Journal, broker, consume};
use kernel::{AsProblem, Kind, Problem};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::stage::{Stage, TENANT, person};

const DONE: &str = "select count(*) from lead_routing.inbox";
const PARKED: &str = "select count(*) from lead_routing.dead_letters where replayed_at is null";
const NAME: &str = "lead-routing-count_touches";

async fn claim(journal: Journal, incoming: Incoming) -> Result<(), Failure> {
    let caller = incoming.caller("lead-routing", NAME);
    incoming.read::<LeadTouched>().map_err(|error| Failure::Problem(error.problem()))?;
    let write = journal.begin(&caller).await.map_err(|error| Failure::Problem(error.problem()))?;
    write.commit(()).await.map_err(|error| Failure::Problem(error.problem()))
}

fn start(stage: &Stage, handler: Handler) -> CancellationToken {
    let stop = CancellationToken::new();
    let consumer =
        Consumer { name: NAME, source: "lead-routing", filter: "evt.lead-routing.lead.touched".into(), handler };
    tokio::spawn(consume::run(stage.journal.clone(), stage.js.clone(), consumer, stop.clone()));
    stop
}

fn claiming(stage: &Stage) -> Handler {
    let journal = stage.journal.clone();
    Arc::new(move |incoming| Box::pin(claim(journal.clone(), incoming)))
}

/// What happens to a consumer that never says anything: it must not miss an event, nor begin with the first one.
#[tokio::test]
async fn a_consumer_that_is_made_anew_goes_on_where_it_was() {
    let stage = Stage::set().await;
    let _relay = stage.relay();
    let handled = Arc::new(AtomicUsize::new(0));
    let (count, journal) = (handled.clone(), stage.journal.clone());
    let counting: Handler = Arc::new(move |incoming| {
        count.fetch_add(1, Ordering::SeqCst);
        Box::pin(claim(journal.clone(), incoming))
    });
    let before = start(&stage, counting.clone());
    stage.touch(Uuid::from_u128(10), 1..=5).await;
    stage.until(DONE, 5).await;
    until_acknowledged(&stage, 5).await;
    before.cancel();
    stage.touch(Uuid::from_u128(10), 6..=7).await;
    stage.until("select count(*) from lead_routing.outbox", 0).await;

    let filter = "evt.lead-routing.lead.touched";
    broker::renew_consumer(&stage.js, "lead-routing", NAME, filter).await.expect("made anew");
    let _after = start(&stage, counting);
    stage.until(DONE, 7).await;
    until_acknowledged(&stage, 7).await;
    assert_eq!(handled.load(Ordering::SeqCst), 7, "nothing twice");
}

async fn until_acknowledged(stage: &Stage, sequence: u64) {
    let stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    let acknowledged = async || stream.consumer_info(NAME).await.expect("the consumer").ack_floor.stream_sequence;
    while acknowledged().await < sequence {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn an_event_published_three_times_is_handled_once() {
    let stage = Stage::set().await;
    let _relay = stage.relay();
    stage.touch(Uuid::from_u128(10), 1..=5).await;
    stage.until("select count(*) from lead_routing.outbox", 0).await;
    let stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    for sequence in (1..=5).rev().chain(1..=5) {
        let message = stream.get_raw_message(sequence).await.expect("a message");
        let mut headers = message.headers.clone();
        headers.insert("Nats-Msg-Id", format!("again-{sequence}-{}", stage.journal.ids().new_id()));
        let sent = stage.js.publish_with_headers(message.subject.clone(), headers, message.payload.clone()).await;
        sent.expect("sent").await.expect("acknowledged");
    }
    let _consumer = start(&stage, claiming(&stage));
    stage.until(DONE, 5).await;
    let name = async |stage: &Stage| {
        let mut consumer = stage
            .js
            .get_consumer_from_stream::<async_nats::jetstream::consumer::pull::Config, _, _>(NAME, "EVT_LEAD_ROUTING")
            .await
            .expect("the consumer");
        let info = consumer.info().await.expect("info");
        info.num_pending + u64::try_from(info.num_ack_pending).unwrap_or(0)
    };
    while name(&stage).await != 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!((stage.count(DONE).await, stage.count(PARKED).await), (5, 0));
}

#[tokio::test]
async fn a_poisonous_event_is_parked_and_can_be_replayed() {
    let stage = Stage::set().await;
    let _relay = stage.relay();
    stage.touch(Uuid::from_u128(10), 1..=1).await;
    let tries = Arc::new(AtomicUsize::new(0));
    let counting = tries.clone();
    let refuse: Handler = Arc::new(move |_| {
        counting.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Err(Failure::Problem(Problem::new(Kind::Refused, "poison", "坏", "bad"))) })
    });
    let consumer = start(&stage, refuse);
    stage.until(PARKED, 1).await;
    consumer.cancel();
    assert_eq!(tries.load(Ordering::SeqCst), 5);

    let letters = stage.journal.dead_letters(&person(TENANT), 10).await.expect("read");
    assert_eq!((letters[0].code.as_str(), letters[0].reason.zh.as_str()), ("poison", "坏"));
    let found = stage.journal.dead_letter(&person(TENANT), letters[0].id).await.expect("read");
    let (name, incoming) = found.expect("there");
    assert_eq!(name, NAME);
    claim(stage.journal.clone(), incoming).await.expect("handled now");
    stage.journal.dead_letter_replayed(&person(TENANT), letters[0].id).await.expect("noted");
    assert_eq!((stage.count(DONE).await, stage.count(PARKED).await), (1, 0));
}

#[tokio::test]
async fn a_transient_failure_is_tried_until_it_passes() {
    let stage = Stage::set().await;
    let _relay = stage.relay();
    stage.touch(Uuid::from_u128(10), 1..=1).await;
    let tries = Arc::new(AtomicUsize::new(0));
    let journal = stage.journal.clone();
    let flaky: Handler = Arc::new(move |incoming| {
        let (attempt, journal) = (tries.fetch_add(1, Ordering::SeqCst), journal.clone());
        Box::pin(async move {
            if attempt < 3 {
                return Err(Failure::Problem(Problem::unavailable("not yet")));
            }
            claim(journal, incoming).await
        })
    });
    let _consumer = start(&stage, flaky);
    stage.until(DONE, 1).await;
    assert_eq!(stage.count(PARKED).await, 0);
}
