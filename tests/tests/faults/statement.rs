//! A bank statement (camt.053) is booked once, whenever collections dies and however often the file comes.

use kernel::Role;
use scenarios::fleet::Fleet;
use serde_json::Value;

use crate::camt::{Credit, upload};
use crate::client::{Call, Client};
use crate::death::{self, BEFORE_ACK, BEFORE_COMMIT, WRITING};
use crate::events::{PREPAYMENT, WORTH, company, contract_number};
use crate::{events, invariants};

const SERVICE: &str = "collections";

pub fn finance(fleet: &Fleet) -> Client {
    Client::new(fleet, Role::Finance, SERVICE)
}

fn yuan(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// The statement that pays contract `number`: two instalments, one entry each.
fn statement(number: usize) -> Call {
    let credit = |reference: &str, minor: i64| Credit {
        amount: yuan(minor),
        reference: format!("REF-{number}-{reference}"),
        payer: company(number),
        contract_number: contract_number(number),
    };
    upload(&format!("import-{number}"), &[credit("A", PREPAYMENT), credit("B", WORTH - PREPAYMENT)])
}

/// Every contract is paid once: what was booked is what the bank has, and nothing is owed or left over.
async fn assert_paid(fleet: &Fleet, contracts: i64) {
    invariants::hold(fleet).await;
    for (sql, wanted) in [
        ("select count(*) from collections.payments", 2 * contracts),
        ("select sum(amount)::bigint from collections.payments", WORTH * contracts),
        ("select sum(amount)::bigint from collections.statement_entries where direction = 'credit'", WORTH * contracts),
        ("select sum(paid)::bigint from collections.instalments", WORTH * contracts),
        ("select count(*) from collections.receivables where state = 'cleared' and paid = amount", contracts),
        ("select sum(credit)::bigint from collections.receivables", 0),
        ("select count(*) from collections.journal where type = 'statement.imported.v1'", contracts),
    ] {
        assert_eq!(fleet.count(sql).await, wanted, "{sql}");
    }
}

async fn open_receivables(fleet: &Fleet, count: usize) {
    for number in 0..count {
        events::sign(fleet, number).await;
    }
    let opened = i64::try_from(count).expect("few");
    fleet.until_count("select count(*) from collections.receivables", opened).await;
}

/// The same file under another key was imported before; under its own key it is answered as it was.
async fn import_again(client: &Client, number: usize, first: &Value) {
    assert_eq!(client.insist(&statement(number)).await, *first);
    let again = client.insist(&Call { key: format!("again-{number}"), ..statement(number) }).await;
    assert_eq!((&again["already_imported"], &again["matched"]), (&true.into(), &0.into()), "{again}");
}

async fn import_survives(points: &[&'static str]) {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    open_receivables(&fleet, points.len()).await;
    let client = finance(&fleet);
    death::at_each(&mut fleet, SERVICE, points, async |_, number| Some(client.insisting(statement(number)))).await;
    for number in 0..points.len() {
        let first = client.insist(&statement(number)).await;
        assert_eq!(first["matched"], 2, "{first}");
        import_again(&client, number, &first).await;
    }
    assert_paid(&fleet, i64::try_from(points.len()).expect("few")).await;
}

#[tokio::test]
async fn killed_before_commit() {
    import_survives(&[BEFORE_COMMIT]).await;
}

/// Not before the acknowledgement: an import answers a request. The next test kills there.
#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn killed_at_each_point() {
    import_survives(&WRITING).await;
}

/// The contract's own event comes again when its receivable has long been paid.
#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn killed_before_the_contract_is_acknowledged() {
    let mut fleet = Fleet::start(&[SERVICE]).await;
    let client = finance(&fleet);
    fleet.arm(SERVICE, BEFORE_ACK).await;
    open_receivables(&fleet, 1).await;
    let asking = client.insisting(statement(0));
    fleet.crashed(SERVICE).await;
    let first = asking.await.expect("answered");
    assert_eq!(first["matched"], 2, "{first}");
    import_again(&client, 0, &first).await;
    assert_paid(&fleet, 1).await;
}
