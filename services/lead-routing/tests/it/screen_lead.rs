use contracts::lead_routing::v1::{LeadScreened, LeadTouched};
use serde_json::json;

use crate::scene::{Scene, form, path};

#[tokio::test]
async fn a_complete_form_screens_the_lead_and_counts_as_first_contact() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    let screened = rep.put(&path(&lead, "/screening"), &form()).await.ok();
    assert_eq!((&screened["state"], &screened["screening"]["nickname"]), (&json!("screened"), &json!("阿远")));
    assert!(screened["touched_at"].is_string());
    let event: LeadScreened = scene.app.event().await;
    assert_eq!(event.rep_id, rep.id().to_string());
    scene.app.event::<LeadTouched>().await;
    assert_eq!(screened["version"], 4, "received, assigned, touched, screened");
}

#[tokio::test]
async fn an_incomplete_form_is_refused_with_what_is_missing() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    let path = path(&lead, "/screening");
    let problem = rep.put(&path, &json!({"nickname": "阿远", "avatar": " "})).await.refused(422, "gate_closed");
    let missing: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(missing, ["screening.avatar", "screening.first_chat_at"]);
    let mut future = form();
    future["first_chat_at"] = json!("2027-01-05T00:00:00Z");
    rep.put(&path, &future).await.refused(400, "invalid_request");
    assert_eq!(scene.see(&lead).await["screening"], json!(null));
}
