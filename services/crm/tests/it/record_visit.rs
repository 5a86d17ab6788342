use chrono::Duration;
use contracts::crm::v1::{KeyMomentMissed, VisitRecorded};
use kernel::Role;
use serde_json::json;

use crate::support::{ORG, deal, fields};

#[tokio::test]
async fn a_visit_is_recorded_with_its_carrier_and_teaches_who_decides() {
    let deal = deal().await;
    let mut visit = deal.visit(&["purchasing", "decision_maker"]);
    visit["recording_id"] = "rec-1".into();
    let answer = deal.rep.post("/api/visits", &visit).await;
    assert_eq!(answer.status.as_u16(), 201);
    let id = answer.id();
    let event: VisitRecorded = deal.app.event().await;
    assert_eq!((event.visit_id, event.decision_chain.as_str()), (id.to_string(), "decision_maker,purchasing"));
    assert_eq!((event.recording_id.as_str(), event.industry.as_str()), ("rec-1", "machine_tools"));
    let opportunity = deal.opportunity().await;
    assert_eq!(opportunity["decision_chain"], json!(["decision_maker", "purchasing"]));
    assert!(opportunity["key_moments"][0]["met_at"].is_string(), "the first key moment is met");
    assert_eq!(deal.rep.get(&format!("/api/visits/{id}")).await.ok()["note"], "现场看了产线");
    let listed = deal.rep.get(&format!("/api/visits?customer_id={}", deal.customer)).await.ok();
    assert_eq!(listed["items"][0]["id"], id.to_string());
}

#[tokio::test]
async fn a_visit_without_carrier_or_next_step_is_refused() {
    let deal = deal().await;
    let problem = deal.rep.post("/api/visits", &json!({ "note": " " })).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["customer_id", "decision_chain", "note", "next_step", "next_step_at"]);
    let mut future = deal.visit(&["purchasing"]);
    future["visited_at"] = json!(deal.now() + Duration::minutes(1));
    assert_eq!(fields(&deal.rep.post("/api/visits", &future).await.refused(400, "invalid_request")), ["visited_at"]);
}

#[tokio::test]
async fn the_same_visit_sent_again_by_the_device_is_one_visit() {
    let deal = deal().await;
    let mut visit = deal.visit(&["end_user"]);
    visit["client_id"] = "device-7/41".into();
    visit["visited_at"] = json!(deal.now() - Duration::hours(30));
    let first = deal.rep.post("/api/visits", &visit).await.ok();
    deal.app.clock.advance(Duration::hours(1)).expect("movable");
    let again = deal.rep.post("/api/visits", &visit).await;
    assert_eq!(again.status.as_u16(), 200);
    assert_eq!(again.ok(), first);
    let mut tasks = tokio::task::JoinSet::new();
    visit["client_id"] = "device-7/42".into();
    for _ in 0..5 {
        let (rep, visit) = (deal.rep.clone(), visit.clone());
        tasks.spawn(async move { rep.post("/api/visits", &visit).await.id() });
    }
    let ids: std::collections::HashSet<_> = tasks.join_all().await.into_iter().collect();
    assert_eq!(ids.len(), 1, "five at once are one visit");
    deal.app.events::<VisitRecorded>(2).await;
    assert_eq!(deal.app.count_events::<VisitRecorded>().await, 2);
}

#[tokio::test]
async fn a_first_visit_that_finds_nobody_who_decides_misses_the_moment() {
    let deal = deal().await;
    deal.rep.post("/api/visits", &deal.visit(&["unknown"])).await.ok();
    let missed: KeyMomentMissed = deal.app.event().await;
    assert_eq!(missed.moment, "decision_chain_identified");
    let moment = deal.opportunity().await["key_moments"][0].clone();
    assert!(moment["missed_at"].is_string() && moment["met_at"].is_null());
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    assert!(deal.opportunity().await["key_moments"][0]["met_at"].is_string(), "late is better than never");
}

#[tokio::test]
async fn visits_belong_to_who_made_them() {
    let deal = deal().await;
    let id = deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.id();
    let other = deal.app.person(Role::SalesRep, ORG);
    other.post("/api/visits", &deal.visit(&["finance"])).await.refused(403, "forbidden");
    other.get(&format!("/api/visits/{id}")).await.refused(404, "visit_not_found");
    let coach = deal.app.person(Role::SalesCoach, ORG);
    assert_eq!(coach.get("/api/visits").await.ok()["items"][0]["id"], id.to_string());
}

#[tokio::test]
async fn a_customer_of_another_opportunity_is_refused() {
    let deal = deal().await;
    let mut visit = deal.visit(&["finance"]);
    visit["customer_id"] = json!(deal.app.ids.new_id());
    assert_eq!(fields(&deal.rep.post("/api/visits", &visit).await.refused(400, "invalid_request")), ["customer_id"]);
}
