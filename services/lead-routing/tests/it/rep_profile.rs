use kernel::Role;
use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn the_queue_is_routed_again_when_somebody_becomes_available() {
    let scene = Scene::open().await;
    let lead = scene.lead(1).await;
    assert_eq!(lead["state"], "unassigned");
    let rep = scene.rep_with(json!({"paused": true})).await;
    assert_eq!(scene.see(&lead).await["state"], "unassigned");
    let path = format!("/api/reps/{}/availability", rep.id());
    rep.put(&path, &json!({"paused": false, "signed_in": true})).await.ok();
    assert_eq!(scene.see(&lead).await["owner_id"], json!(rep.id()));
}

#[tokio::test]
async fn managers_write_profiles_of_their_node_and_reps_their_availability() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let path = format!("/api/reps/{}", rep.id());
    let mut profile = scene.profile();
    profile["daily_cap"] = json!(1);
    assert_eq!(scene.manager.put(&path, &profile).await.ok()["version"], 2);
    rep.put(&path, &profile).await.refused(403, "forbidden");
    profile["org"] = json!("/huabei/");
    scene.manager.put(&path, &profile).await.refused(403, "forbidden");
    let elsewhere = scene.app.person(Role::SalesManager, "/huabei/");
    elsewhere.get(&path).await.refused(404, "rep_not_found");
    assert_eq!(elsewhere.get("/api/reps").await.ok(), json!([]));
    scene
        .rep()
        .await
        .put(&format!("{path}/availability"), &json!({"paused": true}))
        .await
        .refused(404, "rep_not_found");

    scene.lead(1).await;
    assert_eq!(scene.manager.get(&path).await.ok()["assigned_today"], 1);
    let second = scene.lead(2).await;
    assert_ne!(second["owner_id"], json!(rep.id()), "the daily cap is reached");
}

#[tokio::test]
async fn outside_working_hours_only_who_is_on_duty_gets_leads() {
    let scene = Scene::open().await;
    scene.rep().await;
    scene.app.clock.advance(chrono::Duration::hours(10)).expect("movable");
    let waiting = scene.lead(1).await;
    assert_eq!(waiting["state"], "unassigned");
    assert_eq!(scene.last_decision(&waiting).await["explanation"]["skipped"][0]["code"], "outside_hours");
    let on_duty = scene.rep_with(json!({"on_duty": true})).await;
    assert_eq!(scene.see(&waiting).await["owner_id"], json!(on_duty.id()));
}

#[tokio::test]
async fn wrong_profiles_are_refused() {
    let scene = Scene::empty().await;
    let mut profile = scene.profile();
    profile["name"] = json!(" ");
    profile["open_limit"] = json!(-1);
    profile["hours"] = json!([{"weekdays": [], "from": "09:00:00", "to": "08:00:00"}]);
    let path = format!("/api/reps/{}", scene.app.ids.new_id());
    let problem = scene.operations.put(&path, &profile).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3));
}
