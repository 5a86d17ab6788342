//! One stroke of signing is one contract, one delivery card, one invoice application, one payment plan and one payment
//! journey, whoever dies.

use scenarios::fleet::Fleet;

use crate::deal::{Office, SERVICES};
use crate::death::{self, AFTER_COMMIT, REACTING, WRITING};
use crate::invariants;

/// Those who react to a signature.
const CONCERNED: [&str; 3] = ["delivery", "collections", "crm"];

/// That there is no less and no more than the signed contracts ask for; that every one has its own is an invariant.
async fn assert_signed(fleet: &Fleet, contracts: i64) {
    invariants::hold(fleet).await;
    for (sql, wanted) in [
        ("select count(*) from quote_contract.contracts where status = 'signed'", contracts),
        ("select count(*) from delivery.deliveries", contracts),
        ("select count(*) from quote_contract.invoice_applications", contracts),
        ("select count(*) from collections.receivables where node = 1", contracts),
        ("select count(*) from collections.instalments", 3 * contracts),
        ("select count(*) from crm.opportunities where contract_id is not null", contracts),
    ] {
        assert_eq!(fleet.count(sql).await, wanted, "{sql}");
    }
}

async fn signing_survives(points: &[&'static str]) {
    let mut fleet = Fleet::start(&SERVICES).await;
    let office = Office::open(&fleet).await;
    let contracts = office.contracts(0..points.len()).await;
    death::at_each(&mut fleet, "quote-contract", points, async |_, number| Some(office.signing(&contracts[number])))
        .await;
    // Once more with the same keys: answered as before.
    office.sign_all(&contracts).await;
    assert_signed(&fleet, i64::try_from(points.len()).expect("few")).await;
}

#[tokio::test]
async fn whoever_signs_dies_after_commit() {
    signing_survives(&[AFTER_COMMIT]).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn whoever_signs_dies_at_each_point() {
    signing_survives(&WRITING).await;
}

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn all_who_react_die_at_each_point() {
    let mut fleet = Fleet::start(&SERVICES).await;
    let office = Office::open(&fleet).await;
    let contracts = office.contracts(0..REACTING.len()).await;
    for (contract, point) in contracts.iter().zip(REACTING) {
        for service in CONCERNED {
            fleet.arm(service, point).await;
        }
        office.sign_all(std::slice::from_ref(contract)).await;
        for service in CONCERNED {
            fleet.crashed(service).await;
        }
    }
    let reached = "select count(*) from collections.receivables where node = 1";
    fleet.until_count(reached, 4).await;
    assert_signed(&fleet, 4).await;
}
