use contracts::lead_routing::v1::LeadAssigned;
use serde_json::json;

use crate::scene::{Scene, lead, path};

#[tokio::test]
async fn a_manager_gives_a_lead_to_somebody_else_over_all_limits() {
    let scene = Scene::open().await;
    let first = scene.rep().await;
    let lead_one = scene.lead(1).await;
    let mut repeat = lead(2);
    repeat["contact_phone"] = lead(1)["contact_phone"].clone();
    let repeat = scene.operations.post("/api/leads", &repeat).await.ok();
    let second = scene.rep_with(json!({"open_limit": 0})).await;
    let reassign = path(&lead_one, "/reassign");
    scene.manager.post(&reassign, &json!({"to": second.id()})).await.refused(400, "invalid_request");
    let moved = scene.manager.post(&reassign, &json!({"to": second.id(), "reason": "客户指定"})).await.ok();
    assert_eq!((&moved["owner_id"], &moved["version"]), (&json!(second.id()), &json!(3)));
    assert_eq!(scene.see(&repeat).await["owner_id"], json!(second.id()), "who repeats follows");
    let decision = scene.last_decision(&lead_one).await;
    assert_eq!((&decision["how"], &decision["reason"]), (&json!("manual"), &json!("客户指定")));
    assert_eq!(decision["previous_rep_id"], json!(first.id()));
    let open = async |rep: &testkit::Client| {
        scene.operations.get(&format!("/api/reps/{}", rep.id())).await.ok()["open"].clone()
    };
    assert_eq!((open(&first).await, open(&second).await), (json!(0), json!(1)));
    assert_eq!(scene.app.events::<LeadAssigned>(2).await[1].previous_rep_id, first.id().to_string());
}

#[tokio::test]
async fn what_makes_no_sense_or_is_not_allowed_is_refused() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    let reassign = path(&lead, "/reassign");
    let to = |id: uuid::Uuid| json!({"to": id, "reason": "调整"});
    scene.manager.post(&reassign, &to(rep.id())).await.refused(409, "same_owner");
    scene.manager.post(&reassign, &to(scene.app.ids.new_id())).await.refused(422, "rep_unavailable");
    let gone = scene.rep_with(json!({"active": false})).await;
    scene.manager.post(&reassign, &to(gone.id())).await.refused(422, "rep_unavailable");
    let far = scene.rep_with(json!({"org": "/huabei/"})).await;
    scene.manager.post(&reassign, &to(far.id())).await.refused(403, "forbidden");
    rep.post(&reassign, &to(far.id())).await.refused(403, "forbidden");
    far.post(&reassign, &to(far.id())).await.refused(404, "lead_not_found");
}
