use chrono::Duration;
use contracts::delivery::v1::{
    DeliveryRequestFiled, DeliveryRequestOverdue, DeliveryRequestReplied, DeliveryRequestTaken,
};
use kernel::Role;
use serde_json::{Value, json};

use crate::stage::Stage;

fn wish(stage: &Stage, urgency: &str) -> Value {
    json!({
        "customer_id": stage.app.ids.new_id(),
        "wish": "换线时间能不能再短一点，现在一班要停两次",
        "pain": "efficiency",
        "target": "换线时间从 45 分钟降到 15 分钟",
        "urgency": urgency,
    })
}

fn reply() -> Value {
    json!({ "feasible": true, "approach": "快换夹具", "resources": "工艺 2 人", "schedule": "三周", "deliverable": "夹具一套与作业指导书" })
}

#[tokio::test]
async fn a_wish_is_taken_on_and_answered() {
    let stage = Stage::set().await;
    let guide = stage.app.person(Role::StoreGuide, "/huadong/shanghai/");
    let product = stage.app.person(Role::ProductManager, "/");
    let id = guide.post("/api/deliveries/requests", &wish(&stage, "p1")).await.id();
    let path = format!("/api/deliveries/requests/{id}");
    guide.post(&format!("{path}/take"), &json!({})).await.refused(403, "forbidden");
    assert_eq!(product.post(&format!("{path}/take"), &json!({})).await.ok()["state"], "taken");
    product.post(&format!("{path}/take"), &json!({})).await.refused(409, "request_not_waiting");
    let replied = product.put(&format!("{path}/reply"), &reply()).await.ok();
    assert_eq!((&replied["state"], &replied["version"]), (&"replied".into(), &3.into()));
    assert_eq!(guide.get(&path).await.ok()["reply"], reply());
    product.put(&format!("{path}/reply"), &reply()).await.refused(409, "request_not_waiting");
    stage.app.event::<DeliveryRequestFiled>().await;
    stage.app.event::<DeliveryRequestTaken>().await;
    assert!(stage.app.event::<DeliveryRequestReplied>().await.feasible);
    stage.rep.get(&path).await.refused(404, "not_found");
    assert_eq!(stage.rep.get("/api/deliveries/requests").await.ok()["items"], json!([]));
    assert_eq!(product.get("/api/deliveries/requests?urgency=p1").await.ok()["items"][0]["id"], id.to_string());
}

#[tokio::test]
async fn an_urgent_wish_that_nobody_takes_on_is_overdue_after_two_hours() {
    let stage = Stage::set().await;
    let id = stage.rep.post("/api/deliveries/requests", &wish(&stage, "p0")).await.id();
    stage.app.clock.advance(Duration::hours(2)).expect("movable");
    let event: DeliveryRequestOverdue = stage.app.event().await;
    assert_eq!((event.what.as_str(), event.urgency.as_str()), ("response", "p0"));
    stage.app.clock.advance(Duration::hours(22)).expect("movable");
    let events = stage.app.events::<DeliveryRequestOverdue>(2).await;
    assert_eq!(events[1].what, "reply");
    let request = stage.rep.get(&format!("/api/deliveries/requests/{id}")).await.ok();
    assert_eq!((&request["response_late"], &request["reply_late"]), (&true.into(), &true.into()));
}

#[tokio::test]
async fn a_wish_names_a_measurable_target_and_a_yes_how_it_is_done() {
    let stage = Stage::set().await;
    let mut vague = wish(&stage, "p2");
    vague["target"] = "更快".into();
    vague["wish"] = "".into();
    let problem = stage.rep.post("/api/deliveries/requests", &vague).await.refused(400, "invalid_request");
    let codes: Vec<_> = problem["errors"].as_array().expect("errors").iter().map(|error| &error["code"]).collect();
    assert_eq!(codes, ["required", "not_measurable"]);
    let id = stage.rep.post("/api/deliveries/requests", &wish(&stage, "p2")).await.id();
    let mut empty = reply();
    empty["resources"] = "".into();
    let path = format!("/api/deliveries/requests/{id}/reply");
    let problem = stage.manager.put(&path, &empty).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["field"], "resources");
    stage.planner.put(&path, &json!({ "feasible": false, "approach": "节拍已到设备极限", "resources": "", "schedule": "", "deliverable": "" })).await.ok();
}
