use uuid::Uuid;

use crate::stage::{Stage, connect};

const UNPUBLISHED: &str = "select count(*) from lead_routing.outbox where published_at is null";
const SEALED: &str = "select count(*) from lead_routing.ledger_leaves";

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
