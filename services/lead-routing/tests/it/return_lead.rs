use chrono::Duration;
use contracts::lead_routing::v1::{LeadReturned, LeadUnassignedOverdue};
use serde_json::json;

use crate::scene::{Scene, path};

#[tokio::test]
async fn a_returned_lead_is_in_the_pool_for_everybody_but_who_returned_it() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    rep.post(&path(&lead, "/return"), &json!({"reason": ""})).await.refused(400, "invalid_request");
    let returned = rep.post(&path(&lead, "/return"), &json!({"reason": "不在我的行业"})).await.ok();
    assert_eq!((&returned["state"], &returned["owner_id"]), (&json!("unassigned"), &json!(null)));
    let event: LeadReturned = scene.app.event().await;
    assert_eq!((event.rep_id, event.reason.as_str()), (rep.id().to_string(), "不在我的行业"));
    assert_eq!(returned["contact_masked"], true, "the pool masks contacts");
    assert_eq!(scene.last_decision(&lead).await["how"], "returned");

    rep.post(&path(&lead, "/claim"), &json!({})).await.refused(422, "rep_unavailable");
    let pool = rep.get("/api/leads?state=unassigned").await.ok();
    assert_eq!(pool["items"].as_array().map(Vec::len), Some(1));
    let next = scene.rep().await;
    assert_eq!(scene.see(&lead).await["owner_id"], json!(next.id()), "routing finds somebody else");
    rep.post(&path(&lead, "/return"), &json!({"reason": "再退"})).await.refused(404, "lead_not_found");
}

#[tokio::test]
async fn somebody_of_the_same_node_claims_from_the_pool() {
    let scene = Scene::empty().await;
    let mut body = crate::scene::lead(1);
    body["org"] = json!("/huadong/");
    let lead = scene.operations.post("/api/leads", &body).await.ok();
    let rep = scene.rep().await;
    let elsewhere = scene.rep_with(json!({"org": "/huabei/"})).await;
    elsewhere.post(&path(&lead, "/claim"), &json!({})).await.refused(404, "lead_not_found");
    let claimed = rep.post(&path(&lead, "/claim"), &json!({})).await.ok();
    assert_eq!((&claimed["owner_id"], &claimed["contact_masked"]), (&json!(rep.id()), &json!(false)));
    scene.rep().await.post(&path(&lead, "/claim"), &json!({})).await.refused(404, "lead_not_found");
    scene.app.clock.advance(Duration::hours(3)).expect("movable");
    scene.lead(2).await;
    scene.app.events::<contracts::lead_routing::v1::LeadReceived>(2).await;
    assert_eq!(scene.app.count_events::<LeadUnassignedOverdue>().await, 0);
}
