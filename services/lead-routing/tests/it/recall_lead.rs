use chrono::Duration;
use contracts::lead_routing::v1::{LeadAssigned, LeadRecalled, LeadReminderDue};
use serde_json::json;

use crate::scene::{Scene, path, recording};

#[tokio::test]
async fn an_untouched_lead_is_reminded_of_then_recalled_and_given_to_somebody_else() {
    let scene = Scene::open().await;
    let idle = scene.rep().await;
    let lead = scene.lead(1).await;
    let other = scene.rep().await;
    scene.app.clock.advance(Duration::hours(4)).expect("movable");
    let reminder: LeadReminderDue = scene.app.event().await;
    assert_eq!(reminder.rep_id, idle.id().to_string());
    assert_eq!(scene.see(&lead).await["owner_id"], json!(idle.id()), "there is still time");

    scene.app.clock.advance(Duration::minutes(30)).expect("movable");
    let recalled: LeadRecalled = scene.app.event().await;
    assert_eq!(recalled.rep_id, idle.id().to_string());
    let again = scene.app.events::<LeadAssigned>(2).await.remove(1);
    assert_eq!((again.rep_id, again.previous_rep_id), (other.id().to_string(), idle.id().to_string()));
    assert_eq!(again.how, "recall");
    let seen = scene.see(&lead).await;
    assert_eq!((&seen["owner_id"], &seen["version"]), (&json!(other.id()), &json!(5)));
    let decision = scene.last_decision(&lead).await;
    assert!(decision["sentences"].to_string().contains("上一任负责人"), "{decision}");
    let load = scene.operations.get(&format!("/api/reps/{}", idle.id())).await.ok();
    assert_eq!(load["open"], 0);
    idle.get(&path(&lead, "")).await.refused(404, "lead_not_found");
}

#[tokio::test]
async fn a_touched_lead_stays() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    rep.post(&path(&lead, "/touch"), &recording()).await.ok();
    scene.app.clock.advance(Duration::hours(6)).expect("movable");
    scene.lead(2).await;
    scene.app.events::<LeadAssigned>(2).await;
    assert_eq!(scene.app.count_events::<LeadReminderDue>().await, 0);
    assert_eq!(scene.see(&lead).await["owner_id"], json!(rep.id()));
}

#[tokio::test]
async fn without_anybody_else_a_recalled_lead_waits_in_the_pool_and_never_returns_by_itself() {
    let scene = Scene::open().await;
    let only = scene.rep().await;
    let lead = scene.lead(1).await;
    scene.app.clock.advance(Duration::hours(4)).expect("movable");
    scene.app.event::<LeadReminderDue>().await;
    scene.app.clock.advance(Duration::minutes(30)).expect("movable");
    scene.app.event::<LeadRecalled>().await;
    only.put(&format!("/api/reps/{}/availability", only.id()), &json!({"signed_in": true})).await.ok();
    let seen = scene.see(&lead).await;
    assert_eq!((&seen["state"], &seen["owner_id"]), (&json!("unassigned"), &json!(null)));
}
