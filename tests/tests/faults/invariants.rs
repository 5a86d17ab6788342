//! What holds whatever happened: quiet within a minute, every version there once, a ledger that verifies, nothing
//! parked, and records that agree with each other.

use std::collections::BTreeMap;

use contracts::journal::v1::ExportRequest;
use contracts::journal::v1::ledger_client::LedgerClient;
use futures::TryStreamExt;
use journal::ledger::{Report, Trust, verify};
use kernel::Role;
use scenarios::fleet::{Fleet, until};
use tonic::Request;

use crate::records;

/// Waits until nothing is under way any more, then checks everything that must hold.
pub async fn hold(fleet: &Fleet) {
    hold_with(fleet, &BTreeMap::new()).await;
}

/// The same after the broker lost what it had: its consumers of before must be back.
pub async fn hold_with(fleet: &Fleet, consumers: &BTreeMap<String, u64>) {
    until("everything is published, sealed and handled", async || is_quiet(fleet, consumers).await).await;
    for service in fleet.names() {
        contiguous(fleet, service).await;
        verified(fleet, service).await;
    }
    records::agree(fleet).await;
}

pub fn schema(service: &str) -> String {
    service.replace('-', "_")
}

/// One reading of counters, service by service.
async fn sum(fleet: &Fleet, count_of: impl Fn(&str) -> String) -> i64 {
    let terms: Vec<_> = fleet.names().map(|service| count_of(&schema(service))).collect();
    fleet.count(&format!("select ({})::bigint", terms.join(" + "))).await
}

async fn written(fleet: &Fleet) -> i64 {
    sum(fleet, |schema| format!("(select count(*) from {schema}.journal)")).await
}

/// Nobody has written anything while everything was found published and handled: nothing is under way.
async fn is_quiet(fleet: &Fleet, consumers: &BTreeMap<String, u64>) -> bool {
    let before = written(fleet).await;
    let unpublished = sum(fleet, |schema| {
        format!(
            "(select count(*) from {schema}.outbox)
             + (select count(*) from {schema}.ledger_trees where size > checkpoint_size)"
        )
    });
    unpublished.await == 0 && all_on_the_bus(fleet).await && all_handled(fleet, consumers).await && {
        written(fleet).await == before
    }
}

async fn all_on_the_bus(fleet: &Fleet) -> bool {
    for service in fleet.names() {
        let written = fleet.count(&format!("select count(*) from {}.journal", schema(service))).await;
        if i64::try_from(fleet.messages(service).await).unwrap_or(i64::MAX) < written {
            return false;
        }
    }
    true
}

async fn all_handled(fleet: &Fleet, known: &BTreeMap<String, u64>) -> bool {
    let consumers = fleet.consumers().await;
    known.keys().all(|name| consumers.contains_key(name)) && consumers.values().all(|left| *left == 0)
}

async fn contiguous(fleet: &Fleet, service: &str) {
    let schema = schema(service);
    let gaps = format!(
        "select count(*) from (select 1 from {schema}.journal group by aggregate_id
         having min(version) <> 1 or max(version) <> count(*) or count(distinct version) <> count(*)) g"
    );
    assert_eq!(fleet.count(&gaps).await, 0, "{service} has aggregates with missing or doubled versions");
    let unsealed = format!(
        "select count(*) from {schema}.journal full join (
             select event_id, count(*) as leaves from {schema}.ledger_leaves, unnest(event_ids) as event_id group by 1
         ) l using (event_id) where position is null or leaves is distinct from 1"
    );
    assert_eq!(fleet.count(&unsealed).await, 0, "{service} has records that are not sealed exactly once");
    let parked = format!("select count(*) from {schema}.dead_letters");
    assert_eq!(fleet.count(&parked).await, 0, "{service} has parked events");
}

/// The offline verifier over what the service exports to an auditor.
async fn verified(fleet: &Fleet, service: &'static str) {
    let auditor = fleet.person(Role::Auditor);
    let mut ledger = LedgerClient::connect(fleet.door.address(service)).await.expect("connected");
    let mut request = Request::new(ExportRequest {});
    request.metadata_mut().insert(runtime::trust::PRINCIPAL_HEADER, fleet.door.token(&auditor).parse().expect("ascii"));
    let answers = ledger.export(request).await.expect("an export").into_inner();
    let answers: Vec<_> = answers.try_collect().await.expect("every line");
    let text: String = answers.into_iter().flat_map(|answer| answer.lines).map(|line| line + "\n").collect();
    if let Report::Broken { findings, .. } = verify(text.as_bytes(), Trust::default()).expect("readable") {
        panic!("{service}: {findings:?}");
    }
}
