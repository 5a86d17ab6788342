use chrono::Duration;
use contracts::lead_routing::v1::LeadUnassignedOverdue;

use crate::scene::Scene;

#[tokio::test]
async fn the_manager_is_told_after_two_hours_without_anybody_and_once() {
    let scene = Scene::open().await;
    let waiting = scene.lead(1).await;
    scene.app.clock.advance(Duration::minutes(119)).expect("movable");
    assert_eq!(scene.app.count_events::<LeadUnassignedOverdue>().await, 0);
    scene.app.clock.advance(Duration::minutes(1)).expect("movable");
    let overdue: LeadUnassignedOverdue = scene.app.event().await;
    assert_eq!(overdue.lead_id, waiting["id"].as_str().expect("an id"));
    assert_eq!(overdue.org, "/");
    scene.app.clock.advance(Duration::hours(9)).expect("movable");
    assert_eq!(scene.see(&waiting).await["version"], 2, "received, overdue, nothing else");
}

#[tokio::test]
async fn nobody_is_told_about_a_lead_that_found_somebody_in_time() {
    let scene = Scene::open().await;
    let waiting = scene.lead(1).await;
    let rep = scene.rep().await;
    scene.app.clock.advance(Duration::hours(3)).expect("movable");
    let later = scene.lead(2).await;
    scene.app.events::<contracts::lead_routing::v1::LeadReceived>(2).await;
    assert_eq!(scene.app.count_events::<LeadUnassignedOverdue>().await, 0);
    assert_eq!(scene.see(&waiting).await["owner_id"], serde_json::json!(rep.id()));
    assert_eq!(later["owner_id"], serde_json::json!(rep.id()));
}
