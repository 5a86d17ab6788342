use contracts::collections::v1::ProcessPublished;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, TestApp};
use uuid::Uuid;

use crate::arrange::{advance, at_node_1, contract, proof, show};

const BUILT_IN: &str = include_str!("../../process/journey.yaml");
const INVOICE_RECEIVED: &str = "    to: invoice_received\n    requires: [owner]\n    evidence: [invoice_receipt]\n";

fn next_version() -> String {
    BUILT_IN.replacen("version: 1", "version: 2", 1)
}

/// The next version: node 2 asks for a stamped receipt instead.
fn stricter() -> String {
    let stamped =
        "  - name: stamped_receipt\n    title: { zh: 盖章签收单, en: Stamped receipt }\n    kinds: [file]\n\nstages:\n";
    let asks = INVOICE_RECEIVED.replace("invoice_receipt", "stamped_receipt");
    next_version().replacen("\nstages:\n", stamped, 1).replacen(INVOICE_RECEIVED, &asks, 1)
}

/// The next version: node 2 asks for no evidence.
fn looser() -> String {
    next_version().replacen(INVOICE_RECEIVED, "    to: invoice_received\n    requires: [owner]\n", 1)
}

fn text(yaml: &str) -> Value {
    json!({ "yaml": yaml })
}

/// A running service, its operations, a rep, and a receivable of the rep's at node 1.
async fn start() -> (TestApp, Client, Client, Uuid) {
    let app = TestApp::start(collections::definition()).await;
    let (operations, rep) = (app.person(Role::Operations, "/"), app.person(Role::SalesRep, "/huadong/"));
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    (app, operations, rep, id)
}

/// What a dry run says about the move to node 2.
async fn tried(operations: &Client, yaml: &str) -> Value {
    let report = operations.post("/api/process/collections/dry-run", &text(yaml)).await.ok();
    assert_eq!((&report["records"], &report["limited"]), (&json!(1), &json!(false)));
    let moves = report["transitions"].as_array().expect("moves");
    let wanted = |one: &&Value| one["from"] == "invoice_applied" && one["to"] == "invoice_received";
    moves.iter().find(wanted).expect("the move").clone()
}

#[tokio::test]
async fn definitions_are_listed_and_read_with_their_text() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    assert_eq!(rep.get("/api/process/collections/definitions").await.ok(), json!(["payment_journey"]));
    let read = rep.get("/api/process/collections/definitions/payment_journey").await.ok();
    assert_eq!((&read["version"], &read["yaml"]), (&json!(1), &json!(BUILT_IN)));
    for path in ["dry-run", "publish"] {
        rep.post(&format!("/api/process/collections/{path}"), &text(&stricter())).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_definition_that_is_malformed_or_for_another_service_is_refused() {
    let app = TestApp::start(collections::definition()).await;
    let operations = app.person(Role::Operations, "/");
    let validate = "/api/process/collections/validate";
    let broken = stricter().replacen("evidence: [payment_voucher]", "evidence: [a_promise]", 1);
    let line = broken.lines().position(|line| line.contains("a_promise")).expect("a line") + 1;
    let problem = operations.post(validate, &text(&broken)).await.refused(400, "invalid_request");
    let error = &problem["errors"][0];
    assert!(error["field"].as_str().is_some_and(|at| at.starts_with(&format!("{line}:"))), "{error}");
    assert!(error["reason"].as_str().is_some_and(|reason| reason.contains("a_promise")), "{error}");

    let renamed = next_version().replace("finance_paid", "treasury_paid");
    let problem = operations.post(validate, &text(&renamed)).await.refused(400, "invalid_request");
    let error = &problem["errors"][0];
    assert_eq!((&error["field"], &error["code"]), (&json!("stages.treasury_paid"), &json!("no_effect")));
    operations.post(validate, &text(&stricter())).await.ok();
}

#[tokio::test]
async fn a_dry_run_names_the_receivables_it_would_block_or_free() {
    let (_app, operations, rep, id) = start().await;
    let blocked = &tried(&operations, &stricter()).await["blocked"][0];
    assert_eq!((&blocked["id"], &blocked["newly_missing"]), (&json!(id), &json!(["stamped_receipt"])));
    let moved = tried(&operations, &looser()).await;
    assert_eq!((&moved["freed"], &moved["blocked"]), (&json!([id]), &json!([])));
    advance(&rep, id, 2, &proof("file", "invoice_receipt", "receipts/1.pdf")).await.ok();
}

#[tokio::test]
async fn a_published_version_judges_the_next_move_and_is_told_once() {
    let (app, operations, rep, id) = start().await;
    let publish = "/api/process/collections/publish";
    let first = operations.post_once("p1", publish, &text(&stricter())).await.ok();
    assert_eq!(operations.post_once("p1", publish, &text(&stricter())).await.ok(), first);
    operations.post(publish, &text(&stricter())).await.refused(409, "definition_version_conflict");
    let event: ProcessPublished = app.event().await;
    assert_eq!((event.name.as_str(), event.definition_version), ("payment_journey", 2));
    assert_eq!((&json!(event.sha256), app.count_events::<ProcessPublished>().await), (&first["sha256"], 1));

    let receipt = proof("file", "invoice_receipt", "receipts/1.pdf");
    let problem = advance(&rep, id, 2, &receipt).await.refused(422, "evidence_missing");
    assert_eq!(problem["errors"][0]["field"], "stamped_receipt");
    assert_eq!(show(&rep, id).await["node"], 1);
    advance(&rep, id, 2, &proof("file", "stamped_receipt", "receipts/2.pdf")).await.ok();
}

#[tokio::test]
async fn an_approval_that_nobody_is_asked_for_keeps_the_gate_closed() {
    let (_app, operations, rep, id) = start().await;
    let asks = "    to: invoice_received\n    approvals: [{ id: director, title: { zh: 总监, en: Director }, policy: all, roles: [sales_director], escalate_to: sales_director }]\n    requires: [owner]\n    evidence: [invoice_receipt]\n";
    let approved = next_version().replacen(INVOICE_RECEIVED, asks, 1);
    operations.post("/api/process/collections/publish", &text(&approved)).await.ok();
    let answer = advance(&rep, id, 2, &proof("file", "invoice_receipt", "receipts/1.pdf")).await;
    assert_eq!(answer.refused(422, "gate_closed")["errors"][0]["code"], "approval_required");
}
