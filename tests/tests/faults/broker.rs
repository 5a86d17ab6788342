use scenarios::fleet::Fleet;

use crate::{invariants, leads};

const SERVICE: &str = "lead-routing";

async fn broker_dies(wipe: bool) {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    let client = leads::dealer(&fleet);
    for number in 0..5 {
        leads::post_until_accepted(&fleet, &client, number).await;
    }
    invariants::hold(&fleet, &[SERVICE]).await;
    fleet.kill_nats().await;
    for number in 5..10 {
        leads::post_until_accepted(&fleet, &client, number).await;
    }
    fleet.restart_nats(wipe).await;
    invariants::hold(&fleet, &[SERVICE]).await;
    leads::exist_once(&fleet, 10).await;
    let received = fleet.count("select count(*) from lead_routing.journal").await;
    fleet.until_messages("EVT_LEAD_ROUTING", u64::try_from(received).expect("positive")).await;
}

#[tokio::test]
async fn the_broker_is_killed_and_comes_back() {
    broker_dies(false).await;
}

#[tokio::test]
async fn the_broker_is_killed_and_comes_back_empty() {
    broker_dies(true).await;
}
