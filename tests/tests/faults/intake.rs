//! lead-routing dies while leads are posted.

use kernel::Role;
use scenarios::fleet::Fleet;
use serde_json::json;

use crate::client::{Call, Client};
use crate::death::{AFTER_COMMIT, AFTER_PUBLISH, BEFORE_COMMIT};
use crate::invariants;

const SERVICE: &str = "lead-routing";
const LEADS: usize = 12;

fn lead(number: usize) -> Call {
    let body = json!({
        "source": "dealer_api",
        "company": format!("宁波澜湾精密机械{number}有限公司"),
        "contact_name": "演示",
        "contact_phone": format!("1380000{number:04}"),
        "industry": "精密机械",
        "region": "华东",
        "budget": { "amount": "80000.00", "currency": "CNY" },
    });
    Call::json("/api/leads", format!("lead-{number}"), body)
}

pub fn dealer(fleet: &Fleet) -> Client {
    Client::new(fleet, Role::Operations, SERVICE)
}

pub async fn post(client: &Client, numbers: std::ops::Range<usize>) {
    for number in numbers {
        client.insist(&lead(number)).await;
    }
}

/// Posts leads while the process dies in the middle of them, and all of them again.
async fn survives(point: &str) {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    let client = dealer(&fleet);
    fleet.arm(SERVICE, &format!("{point}:4")).await;
    let posting = tokio::spawn({
        let client = client.clone();
        async move { post(&client, 0..LEADS).await }
    });
    fleet.crashed(SERVICE).await;
    posting.await.expect("accepted");
    // With the same keys: what was accepted before is answered as before.
    post(&client, 0..LEADS).await;
    invariants::hold(&fleet).await;
    assert_eq!(fleet.count("select count(*) from lead_routing.leads").await, 12);
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn killed_before_commit() {
    survives(BEFORE_COMMIT).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn killed_after_commit() {
    survives(AFTER_COMMIT).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn killed_after_publish() {
    survives(AFTER_PUBLISH).await;
}

#[tokio::test]
async fn two_processes_of_one_service_lose_and_double_nothing() {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    let client = dealer(&fleet);
    let mut twin = fleet.run_twin(SERVICE).await;
    post(&client, 0..LEADS / 2).await;
    twin.kill();
    post(&client, LEADS / 2..LEADS).await;
    invariants::hold(&fleet).await;
    assert_eq!(fleet.count("select count(*) from lead_routing.leads").await, 12);
}
