//! Every event three times and shuffled: the outcome is the same.

use scenarios::fleet::{Fleet, until};

use crate::deal::Office;
use crate::{camt, events, invariants, statement};

/// The same order every time, and far from the one that came in.
fn shuffled(count: usize) -> Vec<usize> {
    let mut order: Vec<_> = (0..count).collect();
    let mut state = 0x5eed_u64;
    for at in (1..count).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).expect("31 bits") % (at + 1);
        order.swap(at, other);
    }
    order
}

#[tokio::test]
async fn contracts_and_invoices_come_three_times_and_shuffled() {
    const CONTRACTS: usize = 8;
    let fleet = Fleet::start(&["delivery", "collections"]).await;
    for at in shuffled(3 * 2 * CONTRACTS) {
        let number = at % CONTRACTS;
        if (at / CONTRACTS).is_multiple_of(2) {
            events::sign(&fleet, number).await;
        } else {
            events::apply_for_invoice(&fleet, number).await;
        }
    }
    fleet.until_count("select count(*) from collections.receivables where node = 1", 8).await;
    fleet.until_count("select count(*) from delivery.deliveries", 8).await;
    invariants::hold(&fleet).await;
    assert_eq!(fleet.count("select count(*) from delivery.deliveries").await, 8);
    assert_eq!(fleet.count("select count(*) from collections.receivables").await, 8);
    assert_eq!(fleet.count("select count(*) from collections.instalments").await, 16);
}

const SALES: [&str; 4] = ["gateway", "crm", "quote-contract", "collections"];
const LATECOMERS: [&str; 3] = ["delivery", "notifier", "analytics"];
const DEALS: usize = 2;

/// Signing, invoices, payments and all that led there. Some services have seen the events in order before, and some
/// come late and see nothing but this.
#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn everything_that_happened_comes_three_times_and_shuffled() {
    let mut fleet = Fleet::start(&SALES).await;
    let office = Office::open(&fleet).await;
    let contracts = office.contracts(0..DEALS).await;
    office.sign_all(&contracts).await;
    invariants::hold(&fleet).await;
    for contract in &contracts {
        statement::finance(&fleet).insist(&camt::paying(contract)).await;
    }
    invariants::hold(&fleet).await;
    let before = fleet.count(EVENTS_OF_SALES).await;

    let messages = fleet.take_all().await;
    for service in LATECOMERS {
        fleet.add(service).await;
    }
    let follow = |name: &String| name.starts_with("notifier-") || name.starts_with("analytics-");
    until("all who follow everything are there", async || {
        fleet.consumers().await.keys().filter(|name| follow(name)).count() == 15
    })
    .await;
    let js = fleet.bus().await;
    for at in shuffled(3 * messages.len()) {
        fleet.put_back(&js, &messages[at % messages.len()]).await;
    }
    fleet.until_count("select count(*) from delivery.deliveries", 2).await;
    invariants::hold(&fleet).await;
    assert_eq!(fleet.count("select count(*) from delivery.deliveries").await, 2);
    assert_eq!(fleet.count("select count(*) from collections.payments").await, 2);
    assert_eq!(fleet.count(EVENTS_OF_SALES).await, before, "a repetition made somebody act again");
}

const EVENTS_OF_SALES: &str = "select (select count(*) from gateway.journal)
    + (select count(*) from crm.journal) + (select count(*) from quote_contract.journal)
    + (select count(*) from collections.journal)";
