//! A signed contract makes one delivery card and one receivable, whatever dies while it is told.

use contracts::quote_contract::v1::{ContractLine, ContractSigned, PlannedPayment};
use contracts::shared::v1::Money;
use scenarios::fleet::Fleet;
use uuid::Uuid;

use crate::invariants;

const CARDS: &str = "select count(*) from delivery.deliveries";
const RECEIVABLES: &str = "select count(*) from collections.receivables";
const PLANNED: &str = "select count(*) from collections.instalments";

pub fn signed(number: u32) -> (Uuid, ContractSigned) {
    let id = Uuid::from_u128(0xc0_0000 + u128::from(number));
    let part = |kind: &str, percent: u32, minor: i64| PlannedPayment {
        kind: kind.into(),
        percent,
        amount: Some(Money { minor, currency: "CNY".into() }),
        due_at: Some(contracts::Timestamp { seconds: 1_800_000_000, nanos: 0 }),
    };
    let event = ContractSigned {
        contract_id: id.to_string(),
        number: format!("C-2027-{number:06}"),
        quote_id: Uuid::from_u128(1).to_string(),
        opportunity_id: Uuid::from_u128(2).to_string(),
        customer_id: Uuid::from_u128(3).to_string(),
        company: "宁波澜湾精密机械有限公司".into(),
        owner_id: Uuid::from_u128(4).to_string(),
        org: "/huadong/".into(),
        total: Some(Money { minor: 10_000_000, currency: "CNY".into() }),
        payments: vec![part("prepayment", 30, 3_000_000), part("on_delivery", 70, 7_000_000)],
        lines: vec![ContractLine {
            product_code: "LC-100".into(),
            name: "输送线".into(),
            quantity: "1".into(),
            unit: "套".into(),
        }],
        signed_at: Some(contracts::Timestamp { seconds: 1_799_000_000, nanos: 0 }),
        promised_delivery_at: Some(contracts::Timestamp { seconds: 1_801_000_000, nanos: 0 }),
        signed_sha256: "0".repeat(64),
    };
    (id, event)
}

async fn survives(point: &str) {
    let services = ["delivery", "collections"];
    let mut fleet = Fleet::start(&[]).await;
    for service in services {
        fleet.add(service, &format!("{point}:2")).await;
    }
    for number in 1..=4 {
        let (id, event) = signed(number);
        fleet.publish(&event, Uuid::from_u128(u128::from(number)), id, 1).await;
    }
    for service in services {
        fleet.crashed(service).await;
        fleet.run(service, "").await;
    }
    fleet.until(CARDS, 4).await;
    fleet.until(RECEIVABLES, 4).await;
    invariants::hold(&fleet, &services).await;
    assert_eq!((fleet.count(CARDS).await, fleet.count(RECEIVABLES).await, fleet.count(PLANNED).await), (4, 4, 8));
}

#[tokio::test]
async fn killed_before_commit() {
    survives("before_commit").await;
}

#[tokio::test]
async fn killed_after_commit() {
    survives("after_commit").await;
}

#[tokio::test]
async fn killed_before_acknowledgement() {
    survives("before_ack").await;
}
