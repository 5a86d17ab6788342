use contracts::collections::v1::PaymentPosted;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, TestApp};

use crate::arrange::{COMPANY, camt, contract, credit, finance, receivable, show, upload_camt, yuan};

async fn queued(finance: &Client, file: String) -> Value {
    upload_camt(finance, file).await.ok();
    finance.get("/api/bank-statements/entries?state=queued").await.ok()["items"][0].clone()
}

#[tokio::test]
async fn a_person_matches_what_could_not_be_told_apart_once() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let first = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    receivable(&app, &contract(&app, "HT-2027-0002", app.ids.new_id(), "/huadong/")).await;
    let entry = queued(&finance, camt(&[credit("30000.00", "B1", COMPANY, "货款")])).await;
    assert_eq!(entry["suggestions"].as_array().map(Vec::len), Some(2));

    let path = format!("/api/bank-statements/entries/{}/match", entry["id"].as_str().expect("an id"));
    let body = json!({ "receivable_id": first });
    app.person(Role::SalesRep, "/huadong/").post(&path, &body).await.refused(403, "forbidden");
    finance.post(&path, &json!({ "receivable_id": app.ids.new_id() })).await.refused(404, "receivable_not_found");
    let matched = finance.post_once("k", &path, &body).await.ok();
    assert_eq!((&matched["state"], &matched["receivable_id"]), (&"matched".into(), &json!(first)));
    assert_eq!(finance.post_once("k", &path, &body).await.ok(), matched);
    finance.post(&path, &body).await.refused(409, "entry_decided");
    assert_eq!(show(&finance, first).await["paid"], yuan("30000.00"));
    let posted: PaymentPosted = app.event().await;
    assert!(posted.explanation.iter().any(|line| line.zh.contains("人工")), "{:?}", posted.explanation);
}

#[tokio::test]
async fn a_second_payment_of_a_paid_contract_waits_and_becomes_credit() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    upload_camt(&finance, camt(&[credit("100000.00", "B1", COMPANY, "HT-2027-0001")])).await.ok();
    let entry = queued(&finance, camt(&[credit("100000.00", "B2", COMPANY, "HT-2027-0001")])).await;
    assert!(entry["explanation"][0]["zh"].as_str().is_some_and(|text| text.contains("重复付款")), "{entry}");
    let path = format!("/api/bank-statements/entries/{}/match", entry["id"].as_str().expect("an id"));
    finance.post(&path, &json!({ "receivable_id": id })).await.ok();
    let shown = show(&finance, id).await;
    assert_eq!((&shown["state"], &shown["credit"]), (&"overpaid".into(), &yuan("100000.00")));
}

#[tokio::test]
async fn another_currency_is_refused() {
    let app = TestApp::start(collections::definition()).await;
    let finance = finance(&app);
    let id = receivable(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let dollars = credit("100.00", "B1", COMPANY, "HT-2027-0001").replace("CNY", "USD");
    let entry = queued(&finance, camt(&[dollars])).await;
    let path = format!("/api/bank-statements/entries/{}/match", entry["id"].as_str().expect("an id"));
    finance.post(&path, &json!({ "receivable_id": id })).await.refused(422, "currency_differs");
    let still = finance.get("/api/bank-statements/entries?state=queued").await.ok();
    assert_eq!(still["items"].as_array().map(Vec::len), Some(1));
}
