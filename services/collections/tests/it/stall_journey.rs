use chrono::Duration;
use contracts::collections::v1::{BlockerResolved, JourneyStalled};
use kernel::Role;
use serde_json::json;
use testkit::TestApp;

use crate::arrange::{advance, at_node_1, contract, proof, show};

const RECEIPT: (&str, &str, &str) = ("file", "invoice_receipt", "receipts/1.pdf");

#[tokio::test]
async fn two_days_without_movement_open_the_checklist_once_a_period() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;

    app.clock.advance(Duration::hours(47)).expect("movable");
    advance(&rep, id, 2, &proof(RECEIPT.0, RECEIPT.1, RECEIPT.2)).await.ok();
    app.clock.advance(Duration::hours(47)).expect("movable");
    assert_eq!(show(&rep, id).await["open_blockers"].as_array().map(Vec::len), Some(0));
    app.clock.advance(Duration::hours(1)).expect("movable");

    let stalled: JourneyStalled = app.event().await;
    assert_eq!((stalled.node, stalled.stalled_hours, stalled.company.as_str()), (2, 48, "云杉医疗科技有限公司"));
    assert_eq!(stalled.checklist.len(), 4);
    assert_eq!(stalled.checklist[0].zh, "发票信息有误（抬头、税号、金额）");
    assert_eq!(stalled.checklist[0].en, "The invoice's data is wrong (name, tax number, amount)");
    assert_eq!(show(&rep, id).await["open_blockers"].as_array().map(Vec::len), Some(4));

    app.clock.advance(Duration::hours(48)).expect("movable");
    let both: Vec<JourneyStalled> = app.events(2).await;
    assert_eq!(both[1].stalled_hours, 96);
    app.clock.advance(Duration::days(10)).expect("movable");
    let three: Vec<JourneyStalled> = app.events(3).await;
    assert_eq!(three[2].stalled_hours, 336, "a clock that jumps over periods stalls once");
    assert_eq!(show(&rep, id).await["open_blockers"].as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn a_blocker_is_resolved_once_with_what_was_done() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    app.clock.advance(Duration::hours(48)).expect("movable");
    app.event::<JourneyStalled>().await;

    let path = format!("/api/receivables/{id}/blockers/invoice_data_wrong/resolve");
    rep.post(&path, &json!({ "resolution": "" })).await.refused(400, "invalid_request");
    let open = rep.post(&path, &json!({ "resolution": "税号已更正并重新开票" })).await.ok();
    assert_eq!(open.as_array().map(Vec::len), Some(3));
    let resolved: BlockerResolved = app.event().await;
    assert_eq!(
        (resolved.blocker.as_str(), resolved.resolution.as_str()),
        ("invoice_data_wrong", "税号已更正并重新开票")
    );
    rep.post(&path, &json!({ "resolution": "再一次" })).await.refused(404, "blocker_not_found");
    let other = app.person(Role::SalesRep, "/huadong/");
    other.post(&path, &json!({ "resolution": "不是我的" })).await.refused(403, "forbidden");

    advance(&rep, id, 2, &proof(RECEIPT.0, RECEIPT.1, RECEIPT.2)).await.ok();
    let shown = show(&rep, id).await;
    assert_eq!(shown["open_blockers"].as_array().map(Vec::len), Some(0), "movement makes the checklist moot");
    assert_eq!(shown["closed_blockers"].as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn the_next_step_says_where_it_is_stuck_and_for_how_long() {
    let app = TestApp::start(collections::definition()).await;
    let rep = app.person(Role::SalesRep, "/huadong/");
    let id = at_node_1(&app, &contract(&app, "HT-2027-0001", rep.id(), "/huadong/")).await;
    advance(&rep, id, 2, &proof(RECEIPT.0, RECEIPT.1, RECEIPT.2)).await.ok();
    advance(&rep, id, 3, &proof("text", "purchasing_order_no", "CG-2027-0113")).await.ok();
    app.clock.advance(Duration::hours(48 + 23)).expect("movable");
    let steps = rep.get("/api/receivables/next-steps").await.ok();
    assert_eq!(steps[0]["overdue_hours"], 23);
    assert_eq!(
        steps[0]["sentence"]["zh"],
        "云杉医疗科技有限公司 卡在③ 已超时 23 h，今日 10 点前电话确认流程编号与付款进度"
    );
    let other = app.person(Role::SalesRep, "/huadong/");
    assert_eq!(other.get("/api/receivables/next-steps").await.ok(), json!([]));
}
