use contracts::delivery::v1::{DeliveryScheduled, PromiseTurnedGreen, PromiseTurnedRed};
use kernel::Role;
use reqwest::Method;
use serde_json::json;
use testkit::Answer;

use crate::stage::Stage;

#[tokio::test]
async fn a_schedule_after_the_promise_turns_red_once_and_back_green() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    assert_eq!(stage.schedule(&stage.planner, id, 9).await.ok()["light"], "green");
    assert_eq!(stage.schedule(&stage.planner, id, 12).await.ok()["light"], "red");
    assert_eq!(stage.schedule(&stage.planner, id, 13).await.ok()["light"], "red");
    assert_eq!(stage.schedule(&stage.manager, id, 10).await.ok()["light"], "green");
    let history = stage.happened(id).await;
    let expected = [
        "delivery.card_created.v1",
        "delivery.scheduled.v1",
        "delivery.scheduled.v1",
        "delivery.promise_turned_red.v1",
        "delivery.scheduled.v1",
        "delivery.scheduled.v1",
        "delivery.promise_turned_green.v1",
    ];
    assert_eq!(history, expected);
    let red: PromiseTurnedRed = stage.app.event().await;
    assert_eq!((red.owner_id, red.scheduled_at), (stage.rep.id().to_string(), Some(stage.day(12).into())));
    stage.app.event::<PromiseTurnedGreen>().await;
    stage.app.events::<DeliveryScheduled>(4).await;
    assert_eq!(stage.app.count_events::<PromiseTurnedRed>().await, 1);
}

#[tokio::test]
async fn a_repeated_request_is_carried_out_once() {
    let stage = Stage::set().await;
    let path = format!("/api/deliveries/{}/schedule", stage.card().await);
    let body = json!({ "scheduled_at": stage.day(12), "reason": "排产" });
    let send = async || {
        let request = stage.planner.request(Method::PUT, &path).header("idempotency-key", "k1").json(&body);
        Answer::of(request).await
    };
    let (first, second) = (send().await.ok(), send().await);
    assert_eq!(second.headers["idempotency-replayed"], "true");
    assert_eq!(first, second.ok());
    assert_eq!(first["version"], 3);
}

#[tokio::test]
async fn refusals_name_every_field_and_change_nothing() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let path = format!("/api/deliveries/{id}/schedule");
    let problem = stage.planner.put(&path, &json!({ "scheduled_at": stage.day(-1), "reason": " " })).await;
    let problem = problem.refused(400, "invalid_request");
    assert_eq!(
        (&problem["errors"][0]["field"], &problem["errors"][1]["field"]),
        (&"reason".into(), &"scheduled_at".into())
    );
    let unreadable = stage.planner.put(&path, &json!({ "scheduled_at": "tomorrow", "reason": "x" })).await;
    assert_eq!(unreadable.refused(400, "invalid_request")["errors"][0]["field"], "scheduled_at");
    stage.schedule(&stage.planner, stage.app.ids.new_id(), 3).await.refused(404, "not_found");
    assert_eq!(stage.happened(id).await.len(), 1);
}

#[tokio::test]
async fn only_production_and_delivery_plan() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    for role in [Role::SalesManager, Role::Finance, Role::ProductDirector] {
        stage.schedule(&stage.app.person(role, "/"), id, 9).await.refused(403, "forbidden");
    }
    stage.schedule(&stage.rep, id, 9).await.refused(403, "forbidden");
}

#[tokio::test]
async fn nobody_overwrites_a_change_they_have_not_seen() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    stage.schedule(&stage.planner, id, 9).await.ok();
    let request = stage.planner.request(Method::PUT, &format!("/api/deliveries/{id}/schedule"));
    let body = json!({ "scheduled_at": stage.day(8), "reason": "提前" });
    Answer::of(request.header("if-match", "\"1\"").json(&body)).await.refused(412, "changed_meanwhile");
}
