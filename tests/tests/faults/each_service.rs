//! Every service dies at every point that it passes.
//!
//! | service | dies while | after publish | before commit | after commit | before ack |
//! |---|---|---|---|---|---|
//! | lead-routing | a repurchase opens a lead | ✓ | ✓ | ✓ | ✓ |
//! | crm | a payment is noted | ✓ | ✓ | ✓ | ✓ |
//! | quote-contract | a product is published | ✓ | ✓ | ✓ | never: reacts to no event |
//! | delivery | a contract makes a card | ✓ | ✓ | ✓ | ✓ |
//! | collections | a contract opens a receivable | ✓ | ✓ | ✓ | ✓ |
//! | notifier | people are told of a contract | ✓ | ✓ | ✓ | ✓ |
//! | ai-qa | a visit draws an objection | ✓ | ✓ | ✓ | ✓ |
//! | analytics | an event enters the timeline | never: records none | ✓ | ✓ | ✓ |
//! | gateway | a person is added | ✓ | ✓ | ✓ | never: reacts to no event |

use kernel::Role;
use scenarios::fleet::Fleet;
use serde_json::json;

use crate::client::{Call, Client};
use crate::death::{self, AFTER_COMMIT, AFTER_PUBLISH, BEFORE_COMMIT, PROJECTING, REACTING, WRITING};
use crate::{events, invariants};

/// The reactions that the points have left behind are done once each.
async fn assert_done(fleet: &Fleet, sql: &str, wanted: i64) {
    fleet.until_count(sql, wanted).await;
    invariants::hold(fleet).await;
    assert_eq!(fleet.count(sql).await, wanted, "{sql}");
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn lead_routing() {
    let mut fleet = Fleet::start(&["lead-routing"]).await;
    death::at_each(&mut fleet, "lead-routing", &REACTING, async |fleet, number| {
        events::buy_again(fleet, number).await;
        None
    })
    .await;
    assert_done(&fleet, "select count(*) from lead_routing.leads where source = 'repurchase'", 4).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn crm() {
    let mut fleet = Fleet::start(&["crm"]).await;
    let rep = Client::new(&fleet, Role::SalesRep, "crm");
    let mut customers = Vec::new();
    for number in 0..REACTING.len() {
        let company = json!({ "company": events::company(number) });
        let customer = rep.insist(&Call::json("/api/customers", format!("customer-{number}"), company)).await;
        customers.push(customer["id"].as_str().expect("an id").to_owned());
    }
    death::at_each(&mut fleet, "crm", &REACTING, async |fleet, number| {
        events::pay(fleet, number, &customers[number]).await;
        None
    })
    .await;
    assert_done(&fleet, "select count(*) from crm.journal where type = 'customer.fact_noted.v1'", 4).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn quote_contract() {
    let mut fleet = Fleet::start(&["quote-contract"]).await;
    let manager = Client::new(&fleet, Role::ProductManager, "quote-contract");
    death::at_each(&mut fleet, "quote-contract", &WRITING, async |_, number| {
        Some(manager.insisting(crate::deal::product(&format!("XT-{number}"))))
    })
    .await;
    assert_done(&fleet, "select count(*) from quote_contract.product_versions", 3).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn delivery() {
    let mut fleet = Fleet::start(&["delivery"]).await;
    death::at_each(&mut fleet, "delivery", &REACTING, async |fleet, number| {
        events::sign(fleet, number).await;
        None
    })
    .await;
    assert_done(&fleet, "select count(*) from delivery.deliveries", 4).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn collections() {
    let mut fleet = Fleet::start(&["collections"]).await;
    death::at_each(&mut fleet, "collections", &REACTING, async |fleet, number| {
        events::sign(fleet, number).await;
        None
    })
    .await;
    assert_done(&fleet, "select count(*) from collections.receivables", 4).await;
    assert_eq!(fleet.count("select count(*) from collections.instalments").await, 8);
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn notifier() {
    let mut fleet = Fleet::start(&["gateway", "notifier"]).await;
    death::at_each(&mut fleet, "notifier", &REACTING, async |fleet, number| {
        events::sign(fleet, number).await;
        None
    })
    .await;
    // The rep and finance.
    assert_done(&fleet, "select count(*) from notifier.notifications", 8).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn ai_qa() {
    let mut fleet = Fleet::start(&["ai-qa"]).await;
    let coach = Client::new(&fleet, Role::SalesCoach, "ai-qa");
    let objection = json!({ "text": "比同行贵两成", "industry": "精密机械" });
    coach.insist(&Call::json("/api/objections", "objection", objection)).await;
    death::at_each(&mut fleet, "ai-qa", &REACTING, async |fleet, number| {
        events::visit(fleet, number, "精密机械").await;
        None
    })
    .await;
    assert_done(&fleet, "select count(*) from ai_qa.reviews", 4).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn analytics() {
    let mut fleet = Fleet::start(&["analytics"]).await;
    death::at_each(&mut fleet, "analytics", &PROJECTING, async |fleet, number| {
        events::sign(fleet, number).await;
        None
    })
    .await;
    assert_done(&fleet, "select count(*) from analytics.timeline", 3).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn gateway() {
    let mut fleet = Fleet::start(&["gateway"]).await;
    let staff = fleet.count("select count(*) from gateway.people").await;
    let administrator = Client::new(&fleet, Role::Administrator, "gateway");
    // Every start loads the organisation first, which is a write of its own.
    let points = [AFTER_PUBLISH.to_owned(), format!("{BEFORE_COMMIT}:2"), format!("{AFTER_COMMIT}:2")];
    death::at_each(&mut fleet, "gateway", &points.each_ref().map(String::as_str), async |_, number| {
        let person = json!({ "name": format!("演示{number}"), "org": "/", "roles": ["sales_rep"] });
        Some(administrator.insisting(Call::json("/api/people", format!("person-{number}"), person)))
    })
    .await;
    assert_done(&fleet, "select count(*) from gateway.people", staff + 3).await;
}
