use contracts::journal::v1::ledger_client::LedgerClient;
use contracts::journal::v1::{ExportRequest, ReplayRequest};
use futures::TryStreamExt;
use journal::ledger::{Report, Trust, verify};
use kernel::Role;
use serde_json::json;
use testkit::{Client, TestApp};
use tonic::Request;

use crate::notes::definition;

fn ask<T>(client: &Client, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("x-sluice-principal", client.token().parse().expect("ascii"));
    request
}

async fn export(app: &TestApp, auditor: &Client) -> String {
    let mut ledger = LedgerClient::connect(app.base_url.clone()).await.expect("connected");
    let answers = ledger.export(ask(auditor, ExportRequest {})).await.expect("an export").into_inner();
    let answers: Vec<_> = answers.try_collect().await.expect("every line");
    answers.into_iter().flat_map(|answer| answer.lines).map(|line| line + "\n").collect()
}

#[tokio::test]
async fn an_export_verifies_offline_and_a_flipped_byte_is_named() {
    let app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    for n in 0..5 {
        rep.post("/api/notes", &json!({ "text": format!("note {n}") })).await.ok();
    }
    let signed = "select coalesce(max(size), 0) from lead_routing.ledger_checkpoints";
    app.eventually("a checkpoint covers all", async || {
        let size: i64 = sqlx::query_scalar(signed).fetch_one(&mut app.admin().await).await.expect("read");
        (size == 5).then_some(())
    })
    .await;

    let auditor = app.person(Role::Auditor, "/");
    let text = export(&app, &auditor).await;
    match verify(text.as_bytes(), Trust::default()).expect("readable") {
        Report::Verified(verified) => assert_eq!(verified.records, 5),
        Report::Broken { findings, .. } => panic!("{findings:?}"),
    }
    let altered = text.replacen("lead.touched.v1", "lead.touchee.v1", 1);
    assert_ne!(altered, text);
    let Report::Broken { findings, .. } = verify(altered.as_bytes(), Trust::default()).expect("readable") else {
        panic!("an altered record must be found");
    };
    assert!(findings.iter().any(|finding| finding.event_id.is_some()), "{findings:?}");
}

#[tokio::test]
async fn replay_streams_records_in_order_and_only_to_those_who_may() {
    let app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    for n in 0..3 {
        rep.post("/api/notes", &json!({ "text": format!("note {n}") })).await.ok();
    }
    let sealed = "select coalesce(sum(cardinality(event_ids)), 0)::bigint from lead_routing.ledger_leaves";
    app.eventually("all are sealed", async || {
        let count: i64 = sqlx::query_scalar(sealed).fetch_one(&mut app.admin().await).await.expect("read");
        (count == 3).then_some(())
    })
    .await;
    let mut ledger = LedgerClient::connect(app.base_url.clone()).await.expect("connected");
    let refused = ledger.replay(ask(&rep, ReplayRequest { after: 0 })).await.expect_err("a rep may not");
    assert_eq!(refused.code(), tonic::Code::PermissionDenied);

    let auditor = app.person(Role::Auditor, "/");
    let answers = ledger.replay(ask(&auditor, ReplayRequest { after: 1 })).await.expect("a replay").into_inner();
    let answers: Vec<_> = answers.try_collect().await.expect("every record");
    assert_eq!(answers.iter().map(|answer| answer.position).collect::<Vec<_>>(), [2, 3]);
}
