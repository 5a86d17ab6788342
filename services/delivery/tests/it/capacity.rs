use contracts::delivery::v1::capacity_client::CapacityClient;
use contracts::delivery::v1::{CapacityLockReleased, CapacityLocked, CapacitySet, GetCapacityRequest};
use serde_json::{Value, json};
use testkit::{Answer, Client};
use uuid::Uuid;

use crate::stage::Stage;

const NEXT_WEEK: &str = "2027-01-11";

async fn load(stage: &Stage) -> Value {
    stage.rep.get(&format!("/api/capacity?from={NEXT_WEEK}&weeks=1")).await.ok()["items"][0].clone()
}

async fn lock(stage: &Stage, opportunity: Uuid) -> Answer {
    stage.planner.post("/api/capacity/locks", &json!({ "opportunity_id": opportunity, "week": NEXT_WEEK })).await
}

async fn schedule_over(stage: &Stage, who: &Client, id: Uuid) -> Answer {
    let body = json!({ "scheduled_at": stage.day(8), "reason": "客户停产，加班", "override_capacity": true });
    who.put(&format!("/api/deliveries/{id}/schedule"), &body).await
}

#[tokio::test]
async fn a_full_week_takes_nobody_but_on_a_delivery_managers_word() {
    let stage = Stage::with_slots("1").await;
    let (first, second) = (stage.card().await, stage.card().await);
    stage.schedule(&stage.planner, first, 7).await.ok();
    stage.schedule(&stage.planner, first, 9).await.ok();
    assert_eq!(load(&stage).await, json!({ "week": NEXT_WEEK, "slots": 1, "booked": 1, "locked": 0 }));
    stage.schedule(&stage.manager, second, 8).await.refused(422, "capacity_exceeded");
    schedule_over(&stage, &stage.planner, second).await.refused(403, "capacity_override_not_allowed");
    schedule_over(&stage, &stage.manager, second).await.ok();
    assert_eq!(load(&stage).await["booked"], 2);
    stage.schedule(&stage.planner, second, 15).await.ok();
    assert_eq!(load(&stage).await["booked"], 1);
}

#[tokio::test]
async fn two_at_once_do_not_share_the_last_place() {
    let stage = Stage::with_slots("1").await;
    let (first, second) = (stage.card().await, stage.card().await);
    let (a, b) = tokio::join!(stage.schedule(&stage.planner, first, 7), stage.schedule(&stage.manager, second, 8));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    assert_eq!(load(&stage).await["booked"], 1);
}

#[tokio::test]
async fn production_sets_how_many_a_week_takes() {
    let stage = Stage::set().await;
    let path = format!("/api/capacity/{NEXT_WEEK}");
    let set = stage.planner.put(&path, &json!({ "slots": 3, "reason": "春节前加班" })).await.ok();
    assert_eq!(set["slots"], 3);
    stage.planner.put(&path, &json!({ "slots": 4, "reason": "再加一班" })).await.ok();
    let events = stage.app.events::<CapacitySet>(2).await;
    assert_eq!(events.iter().map(|event| event.slots).collect::<Vec<_>>(), [3, 4]);
    stage.rep.put(&path, &json!({ "slots": 9, "reason": "要" })).await.refused(403, "forbidden");
    stage
        .planner
        .put("/api/capacity/2027-01-12", &json!({ "slots": 9, "reason": "x" }))
        .await
        .refused(400, "invalid_request");
    stage.planner.put(&path, &json!({ "slots": -1, "reason": "x" })).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn a_kept_place_waits_for_its_opportunity_and_is_used_up_by_it() {
    let stage = Stage::with_slots("1").await;
    let contract = stage.contract();
    let opportunity = contract.opportunity_id.parse().expect("an id");
    lock(&stage, opportunity).await.ok();
    lock(&stage, opportunity).await.refused(409, "capacity_already_locked");
    lock(&stage, stage.app.ids.new_id()).await.refused(422, "capacity_exceeded");
    let (other, own) = (stage.card().await, stage.sign(&contract).await);
    stage.schedule(&stage.planner, other, 8).await.refused(422, "capacity_exceeded");
    stage.schedule(&stage.planner, own, 8).await.ok();
    assert_eq!(load(&stage).await, json!({ "week": NEXT_WEEK, "slots": 1, "booked": 1, "locked": 0 }));
    assert_eq!(stage.app.event::<CapacityLocked>().await.opportunity_id, contract.opportunity_id);
    assert_eq!(stage.app.event::<CapacityLockReleased>().await.how, "used");
}

#[tokio::test]
async fn a_kept_place_can_be_given_back_once() {
    let stage = Stage::with_slots("1").await;
    let id = lock(&stage, stage.app.ids.new_id()).await.id();
    let path = format!("/api/capacity/locks/{id}");
    stage.rep.delete(&path).await.refused(403, "forbidden");
    stage.planner.delete(&path).await.ok();
    stage.planner.delete(&path).await.refused(404, "not_found");
    assert_eq!(load(&stage).await["locked"], 0);
}

#[tokio::test]
async fn other_services_ask_how_full_a_week_is() {
    let stage = Stage::set().await;
    stage.schedule(&stage.planner, stage.card().await, 8).await.ok();
    lock(&stage, stage.app.ids.new_id()).await.ok();
    let answer = ask(&stage, NEXT_WEEK).await.expect("answered");
    assert_eq!((answer.slots, answer.booked), (20, 2));
    assert_eq!(ask(&stage, "2027-01-12").await.map_err(|status| status.code()), Err(tonic::Code::InvalidArgument));
}

async fn ask(stage: &Stage, week: &str) -> Result<contracts::delivery::v1::GetCapacityResponse, tonic::Status> {
    let mut client = CapacityClient::connect(stage.app.base_url.clone()).await.expect("connected");
    let signed = stage.rep.request(reqwest::Method::GET, "/").build().expect("a request");
    let header = runtime::trust::PRINCIPAL_HEADER;
    let mut request = tonic::Request::new(GetCapacityRequest { week: week.into() });
    let token = signed.headers()[header].to_str().expect("a token").parse().expect("metadata");
    request.metadata_mut().insert(header, token);
    client.get_capacity(request).await.map(tonic::Response::into_inner)
}
