use chrono::Duration;
use contracts::collections::v1::JourneyAdvanced;
use kernel::Role;
use serde_json::json;
use testkit::TestApp;

use crate::arrange::{advance, at_node_1, contract, finance, proof, show, time};

#[tokio::test]
async fn evidence_moves_the_journey_node_by_node() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;

    let receipt =
        json!({ "kind": "file", "name": "invoice_receipt", "reference": "receipts/1.pdf", "sha256": "ab".repeat(32) });
    let moved = advance(&rep, id, 2, &receipt).await.ok();
    assert_eq!((&moved["node"], &moved["stage"]), (&2.into(), &"invoice_received".into()));
    assert_eq!(time(&moved["expected_payment_at"]), app.clock.now() + Duration::days(1), "the next due date");
    advance(&rep, id, 3, &proof("text", "purchasing_order_no", "CG-2027-0113")).await.ok();
    advance(&rep, id, 4, &proof("file", "payment_voucher", "vouchers/1.pdf")).await.ok();

    let shown = show(&rep, id).await;
    let reached = shown["journey"].as_array().expect("nodes").iter().filter(|node| node["reached_at"].is_string());
    assert_eq!(reached.count(), 4);
    assert_eq!(shown["journey"][1]["evidence"][0]["sha256"], "ab".repeat(32));
    let events: Vec<JourneyAdvanced> = app.events(4).await;
    assert_eq!(events.iter().map(|event| event.to).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(events[1].expected_payment_at.is_some());
}

#[tokio::test]
async fn words_move_nothing_and_the_answer_says_what_is_needed() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    let path = format!("/api/receivables/{id}/advance");

    let problem = rep.post(&path, &json!({ "to": 2, "note": "客户答应了" })).await.refused(422, "evidence_missing");
    let missing = &problem["errors"][0];
    assert_eq!((&missing["field"], &missing["code"]), (&"invoice_receipt".into(), &"evidence_missing".into()));
    assert!(missing["remedy"].is_string());
    advance(&rep, id, 2, &proof("text", "invoice_receipt", "客户答应了")).await.refused(422, "evidence_missing");
    advance(&rep, id, 2, &proof("file", "invoice_receipt", "receipts/1.pdf")).await.ok();
    advance(&rep, id, 3, &proof("text", "purchasing_order_no", "客户答应了")).await.refused(422, "gate_closed");
    assert_eq!(show(&rep, id).await["node"], 2);
}

#[tokio::test]
async fn no_node_is_skipped_and_the_bank_alone_reaches_the_last() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    let voucher = proof("file", "payment_voucher", "vouchers/1.pdf");
    advance(&rep, id, 4, &voucher).await.refused(422, "not_next_node");
    advance(&rep, id, 1, &voucher).await.refused(422, "not_next_node");
    advance(&rep, id, 5, &voucher).await.refused(422, "bank_payment_required");
    advance(&finance(&app), id, 2, &proof("payment", "bank_receipt", "p1")).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn bad_fields_are_all_named_at_once() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    let body = json!({
        "to": 2, "note": " ", "expected_payment_at": "2020-01-01T00:00:00Z",
        "evidence": { "kind": "file", "name": "invoice_receipt", "reference": "r", "sha256": "XY" }
    });
    let problem = rep.post(&format!("/api/receivables/{id}/advance"), &body).await.refused(400, "invalid_request");
    let fields: Vec<_> = problem["errors"].as_array().expect("errors").iter().map(|error| &error["field"]).collect();
    assert_eq!(fields, ["evidence.sha256", "note", "expected_payment_at"]);
}

#[tokio::test]
async fn a_repeated_request_moves_once_and_a_stale_one_not_at_all() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    let path = format!("/api/receivables/{id}/advance");
    let body = json!({ "to": 2, "evidence": proof("file", "invoice_receipt", "receipts/1.pdf") });
    let first = rep.post_once("k1", &path, &body).await.ok();
    let again = rep.post_once("k1", &path, &body).await;
    assert!(again.headers.contains_key("idempotency-replayed"));
    assert_eq!(again.ok(), first);
    let stale = rep.request(reqwest::Method::POST, &path).header("if-match", "\"1\"").json(&json!({ "to": 3 }));
    testkit::Answer::of(stale).await.refused(412, "changed_meanwhile");
}

#[tokio::test]
async fn another_rep_neither_sees_nor_moves_it() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let other = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    other.get(&format!("/api/receivables/{id}")).await.refused(404, "receivable_not_found");
    advance(&other, id, 2, &proof("file", "invoice_receipt", "r")).await.refused(403, "forbidden");
    let auditor = app.person(Role::Auditor, "/");
    advance(&auditor, id, 2, &proof("file", "invoice_receipt", "r")).await.refused(403, "forbidden");
}
