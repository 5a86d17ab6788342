use contracts::delivery::v1::{DeliveryPromised, PromiseTurnedGreen, PromiseTurnedRed};
use kernel::Role;
use serde_json::json;

use crate::stage::{Stage, recording};

#[tokio::test]
async fn a_promise_before_the_schedule_turns_red_and_a_later_one_green() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    stage.schedule(&stage.planner, id, 9).await.ok();
    assert_eq!(stage.promise(&stage.rep, id, 5).await.ok()["light"], "red");
    assert_eq!(stage.promise(&stage.manager, id, 15).await.ok()["light"], "green");
    let history = stage.happened(id).await;
    let expected = [
        "delivery.promised.v1",
        "delivery.promise_turned_red.v1",
        "delivery.promised.v1",
        "delivery.promise_turned_green.v1",
    ];
    assert_eq!(history[2..], expected);
    let promised: DeliveryPromised = stage.app.event().await;
    assert_eq!(promised.promised_at, Some(stage.day(5).into()));
    stage.app.event::<PromiseTurnedRed>().await;
    stage.app.event::<PromiseTurnedGreen>().await;
}

#[tokio::test]
async fn without_a_schedule_the_light_stays_grey() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    assert_eq!(stage.promise(&stage.rep, id, 1).await.ok()["light"], "grey");
    assert_eq!(stage.happened(id).await.last().map(String::as_str), Some("delivery.promised.v1"));
}

#[tokio::test]
async fn a_promise_rests_on_evidence_and_a_reason() {
    let stage = Stage::set().await;
    let path = format!("/api/deliveries/{}/promise", stage.card().await);
    let bare = json!({ "promised_at": stage.day(5), "reason": "" });
    let problem = stage.rep.put(&path, &bare).await.refused(400, "invalid_request");
    let codes: Vec<_> = problem["errors"].as_array().expect("errors").iter().map(|error| &error["code"]).collect();
    assert_eq!(codes, ["required", "evidence_missing"]);
    let mut carrier = recording();
    carrier["sha256"] = "ABC".into();
    let body = json!({ "promised_at": stage.day(5), "reason": "电话", "evidence": [carrier] });
    let problem = stage.rep.put(&path, &body).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["field"], "evidence[0].sha256");
}

#[tokio::test]
async fn the_owner_and_those_above_promise_and_nobody_else() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let colleague = stage.app.person(Role::SalesRep, "/huadong/shanghai/");
    let elsewhere = stage.app.person(Role::SalesManager, "/huanan/");
    for stranger in [&colleague, &elsewhere, &stage.planner] {
        stage.promise(stranger, id, 5).await.refused(403, "forbidden");
    }
    stage.promise(&stage.app.person(Role::SalesManager, "/huadong/"), id, 5).await.ok();
}
