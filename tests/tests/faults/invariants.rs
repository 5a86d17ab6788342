//! Quiet, contiguous, verifiable.

use contracts::journal::v1::ExportRequest;
use contracts::journal::v1::ledger_client::LedgerClient;
use futures::TryStreamExt;
use journal::ledger::{Report, Trust, verify};
use kernel::Role;
use scenarios::fleet::Fleet;
use sqlx::AssertSqlSafe;
use tonic::Request;

/// Waits until nothing is under way any more, then checks what must hold whatever happened.
pub async fn hold(fleet: &Fleet, services: &[&'static str]) {
    for service in services {
        quiet(fleet, service).await;
        contiguous(fleet, service).await;
        verified(fleet, service).await;
    }
}

async fn ask(fleet: &Fleet, sql: String) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(sql.clone()))
        .fetch_one(&mut fleet.admin().await)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
}

/// Everything written is published, sealed and covered by a signed checkpoint, within a minute.
async fn quiet(fleet: &Fleet, service: &str) {
    let schema = service.replace('-', "_");
    let sql = format!(
        "select (select count(*) from {schema}.outbox where published_at is null)
              + (select count(*) from {schema}.ledger_trees where size > checkpoint_size)"
    );
    let waiting = async {
        while ask(fleet, sql.clone()).await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    };
    let minute = std::time::Duration::from_mins(1);
    tokio::time::timeout(minute, waiting).await.unwrap_or_else(|_| panic!("{service} is not quiet after a minute"));
}

async fn contiguous(fleet: &Fleet, service: &str) {
    let schema = service.replace('-', "_");
    let gaps = ask(
        fleet,
        format!(
            "select count(*) from (select 1 from {schema}.journal group by aggregate_id having max(version) <> count(*)) g"
        ),
    );
    assert_eq!(gaps.await, 0, "{service} has aggregates with missing or doubled versions");
    let unsealed = ask(
        fleet,
        format!("select (select count(*) from {schema}.journal) - (select count(*) from {schema}.ledger_leaves)"),
    );
    assert_eq!(unsealed.await, 0, "{service} has records that are not sealed exactly once");
}

async fn verified(fleet: &Fleet, service: &'static str) {
    let auditor = fleet.person(Role::Auditor);
    let mut ledger = LedgerClient::connect(fleet.address(service)).await.expect("connected");
    let mut request = Request::new(ExportRequest {});
    request.metadata_mut().insert(runtime::trust::PRINCIPAL_HEADER, fleet.token(&auditor).parse().expect("ascii"));
    let answers = ledger.export(request).await.expect("an export").into_inner();
    let answers: Vec<_> = answers.try_collect().await.expect("every line");
    let text: String = answers.into_iter().flat_map(|answer| answer.lines).map(|line| line + "\n").collect();
    if let Report::Broken { findings, .. } = verify(text.as_bytes(), Trust::default()).expect("readable") {
        panic!("{service}: {findings:?}");
    }
}
