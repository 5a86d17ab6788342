use contracts::collections::v1::{ReceivableWriteOffRejected, ReceivableWriteOffRequested, ReceivableWrittenOff};
use kernel::Role;
use serde_json::json;
use testkit::TestApp;

use crate::arrange::{COMPANY, advance, at_node_1, camt, contract, credit, finance, proof, show, upload_camt, yuan};

#[tokio::test]
async fn two_roles_and_a_second_factor_give_up_what_is_owed() {
    let app = TestApp::start(collections::definition()).await;
    let (rep, finance) = (app.person(Role::SalesRep, "/huadong/"), finance(&app));
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    upload_camt(&finance, camt(&[credit("99000.00", "B1", COMPANY, "HT-2027-0001")])).await.ok();
    let (path, decision) = (format!("/api/receivables/{id}/write-off"), json!({ "confirm": true }));
    let decide = format!("{path}/decision");

    finance.stepped_up().post(&decide, &decision).await.refused(404, "write_off_not_found");
    let requested = rep.post(&path, &json!({ "reason": "尾款不再追讨" })).await.ok();
    assert_eq!((&requested["amount"], &requested["requested_role"]), (&yuan("1000.00"), &"sales_rep".into()));
    rep.post(&path, &json!({ "reason": "再一次" })).await.refused(409, "write_off_waiting");
    rep.stepped_up().post(&decide, &decision).await.refused(403, "forbidden");
    finance.post(&decide, &decision).await.refused(401, "step_up_required");
    let done = finance.stepped_up().post(&decide, &decision).await.ok();
    assert_eq!(done["state"], "written_off");
    assert_eq!(app.event::<ReceivableWriteOffRequested>().await.company, COMPANY);
    assert_eq!(app.event::<ReceivableWrittenOff>().await.amount.map(|amount| amount.minor), Some(100_000));
    advance(&rep, id, 2, &proof("file", "invoice_receipt", "r")).await.refused(409, "receivable_closed");
}

#[tokio::test]
async fn nobody_decides_their_own_request_or_in_the_same_role() {
    let app = TestApp::start(collections::definition()).await;
    let (first, second) = (finance(&app), finance(&app));
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", app.ids.new_id(), "/huadong/")).await;
    let path = format!("/api/receivables/{id}/write-off");
    first.post(&path, &json!({ "reason": "客户注销" })).await.ok();
    let (decide, confirm) = (format!("{path}/decision"), json!({ "confirm": true }));
    first.stepped_up().post(&decide, &confirm).await.refused(422, "own_request");
    second.stepped_up().post(&decide, &confirm).await.refused(422, "two_roles_required");
    assert_eq!(show(&first, id).await["state"], "open");
}

#[tokio::test]
async fn a_request_falls_when_the_amount_has_changed_and_can_be_rejected() {
    let app = TestApp::start(collections::definition()).await;
    let (rep, finance) = (app.person(Role::SalesRep, "/huadong/"), finance(&app));
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    let path = format!("/api/receivables/{id}/write-off");
    rep.post(&path, &json!({ "reason": "客户注销" })).await.ok();
    upload_camt(&finance, camt(&[credit("30000.00", "B1", COMPANY, "HT-2027-0001")])).await.ok();
    let decide = format!("{path}/decision");
    finance.stepped_up().post(&decide, &json!({ "confirm": true })).await.refused(422, "amount_changed");
    let open = finance.stepped_up().post(&decide, &json!({ "confirm": false })).await.ok();
    assert_eq!(open["state"], "open");
    app.event::<ReceivableWriteOffRejected>().await;
    assert!(show(&rep, id).await["write_off"].is_null());
}
