use journal::ledger::{Checkpoint, Signer};
use uuid::Uuid;

use crate::stage::{OTHER_TENANT, Stage, TENANT, caller, person};

const UNPUBLISHED: &str = "select count(*) from lead_routing.outbox where published_at is null";
const SEALED: &str = "select count(*) from lead_routing.ledger_leaves";
const SIGNED: &str = "select coalesce(max(size), 0) from lead_routing.ledger_checkpoints";

#[tokio::test]
async fn every_write_is_published_once_and_sealed_in_order() {
    let stage = Stage::set().await;
    stage.touch(Uuid::from_u128(10), 1..=20).await;
    let _relay = stage.relay();
    stage.until(UNPUBLISHED, 0).await;
    stage.until(SIGNED, 20).await;
    assert_eq!(stage.count(SEALED).await, 20);

    let mut stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    assert_eq!(stream.info().await.expect("info").state.messages, 20);
    let message = stream.get_raw_message(1).await.expect("the first message");
    assert_eq!(message.headers.get("ce-version").map(async_nats::HeaderValue::as_str), Some("1"));
    assert!(message.subject.as_str() == "evt.lead-routing.lead.touched");
}

#[tokio::test]
async fn checkpoints_are_signed_per_tenant_over_the_sealed_records() {
    let stage = Stage::set().await;
    for n in 0..3 {
        stage.touch_as(&caller(TENANT), Uuid::from_u128(10 + n), 1).await.expect("written");
    }
    stage.touch_as(&caller(OTHER_TENANT), Uuid::from_u128(20), 1).await.expect("written");
    let _relay = stage.relay();
    stage.until("select count(distinct tenant_id) from lead_routing.ledger_checkpoints", 2).await;
    stage.until(SIGNED, 3).await;

    let keys = [Signer::new("sluice/lead-routing", &[9; 32]).expect("a key").verifier().clone()];
    let signed = stage.journal.checkpoints(&person(TENANT)).await.expect("read");
    let last = Checkpoint::open(&signed.last().expect("one").note, &keys).expect("a valid signature");
    assert_eq!((last.size, last.origin), (3, format!("sluice/lead-routing/{TENANT}")));
}

#[tokio::test]
async fn two_relays_lose_nothing_and_seal_nothing_twice() {
    let stage = Stage::set().await;
    let (one, _two) = (stage.relay(), stage.relay());
    for n in 0..30 {
        stage.touch(Uuid::from_u128(100 + n), 1..=2).await;
        if n == 15 {
            one.cancel();
        }
    }
    stage.until(UNPUBLISHED, 0).await;
    assert_eq!(stage.count(SEALED).await, 60);
    let mut stream = stage.js.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    assert_eq!(stream.info().await.expect("info").state.messages, 60);
}

#[tokio::test]
async fn a_stream_configured_differently_is_refused_with_the_difference() {
    let stage = Stage::set().await;
    let other = async_nats::jetstream::stream::Config {
        name: "EVT_LEAD_ROUTING".into(),
        subjects: vec!["evt.lead-routing.lead.*".into()],
        ..Default::default()
    };
    stage.js.create_stream(other).await.expect("created");
    let error =
        journal::broker::ensure_stream(&stage.js, "lead-routing").await.expect_err("must be refused").to_string();
    assert!(error.contains("EVT_LEAD_ROUTING") && error.contains("subjects"), "{error}");
}
