use journal::Caller;
use uuid::Uuid;

use crate::stage::{Stage, TENANT, caller, connect};

const UNPUBLISHED: &str = "select count(*) from lead_routing.outbox";
const SEALED: &str = "select coalesce(sum(cardinality(event_ids)), 0)::bigint from lead_routing.ledger_leaves";

async fn messages(stage: &Stage) -> u64 {
    let Ok(mut stream) = connect(stage.nats.url()).await.get_stream("EVT_LEAD_ROUTING").await else { return 0 };
    stream.info().await.map_or(0, |info| info.state.messages)
}

async fn until_messages(stage: &Stage, wanted: u64) {
    let waiting = async {
        while messages(stage).await != wanted {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), waiting)
        .await
        .expect("the broker holds every event again");
}

#[tokio::test]
async fn a_killed_broker_comes_back_without_loss() {
    let mut stage = Stage::set().await;
    let _relay = stage.relay();
    stage.touch(Uuid::from_u128(10), 1..=5).await;
    stage.until(UNPUBLISHED, 0).await;
    stage.nats.kill().await;
    stage.touch(Uuid::from_u128(10), 6..=10).await;
    stage.nats.restart().await;
    stage.until(UNPUBLISHED, 0).await;
    until_messages(&stage, 10).await;
    assert_eq!(stage.count(SEALED).await, 10);
}

#[tokio::test]
async fn a_wiped_broker_gets_everything_again() {
    let mut stage = Stage::set().await;
    let _relay = stage.relay();
    stage.touch(Uuid::from_u128(10), 1..=8).await;
    stage.until(UNPUBLISHED, 0).await;
    stage.nats.replace().await;
    stage.touch(Uuid::from_u128(10), 9..=9).await;
    until_messages(&stage, 9).await;
    stage.until(UNPUBLISHED, 0).await;
    assert_eq!(stage.count(SEALED).await, 9, "publishing again seals nothing again");
}

/// What waited since before the loss stays behind what is published again.
#[tokio::test]
async fn what_is_published_again_keeps_its_order_and_its_trace() {
    let mut stage = Stage::set().await;
    let traced = Caller { traceparent: Some("00-1-2-01".to_owned()), ..caller(TENANT) };
    let lead = Uuid::from_u128(10);
    for version in 1..=3 {
        stage.touch_as(&traced, lead, version).await.expect("written");
    }
    let relay = stage.relay();
    stage.until(UNPUBLISHED, 0).await;
    relay.cancel();
    stage.until("select count(*) from lead_routing.relay_lease", 0).await;
    for version in 4..=5 {
        stage.touch_as(&traced, lead, version).await.expect("written");
    }
    stage.nats.replace().await;
    let _relay = stage.relay();
    until_messages(&stage, 5).await;
    stage.until(UNPUBLISHED, 0).await;
    let stream = connect(stage.nats.url()).await.get_stream("EVT_LEAD_ROUTING").await.expect("the stream");
    for sequence in 1..=5 {
        let message = stream.get_raw_message(sequence).await.expect("a message");
        let header = |name| message.headers.get(name).map(|value| value.as_str().to_owned());
        assert_eq!(header("ce-version"), Some(sequence.to_string()));
        assert_eq!(header("traceparent").as_deref(), Some("00-1-2-01"));
    }
    let again = "select count(*) from lead_routing.published, unnest(event_ids)";
    assert_eq!((stage.count(again).await, stage.count(SEALED).await), (5, 5));
}

/// Restored from a backup, the broker gives sequences out a second time before anybody has compared.
#[tokio::test]
async fn a_broker_that_went_back_and_caught_up_gets_what_it_lost() {
    let mut stage = Stage::set().await;
    let _relay = stage.relay();
    stage.touch(Uuid::from_u128(10), 1..=3).await;
    stage.until(UNPUBLISHED, 0).await;
    stage.nats.keep().await;
    stage.touch(Uuid::from_u128(10), 4..=6).await;
    until_messages(&stage, 6).await;
    stage.until(UNPUBLISHED, 0).await;
    stage.nats.go_back().await;
    stage.touch(Uuid::from_u128(10), 7..=11).await;
    until_messages(&stage, 11).await;
    stage.until(UNPUBLISHED, 0).await;
    assert_eq!(stage.count(SEALED).await, 11, "publishing again seals nothing again");
}
