use contracts::lead_routing::v1::LeadTouched;
use serde_json::json;

use crate::scene::{Scene, form, path, recording};

#[tokio::test]
async fn first_contact_needs_proof_and_the_next_one_the_screening_form() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    let touch = path(&lead, "/touch");
    let problem = rep.post(&touch, &json!({})).await.refused(422, "gate_closed");
    assert_eq!(
        (&problem["errors"][0]["field"], &problem["errors"][0]["code"]),
        (&json!("contact"), &json!("evidence_missing"))
    );
    rep.post(&touch, &json!({"evidence": [{"kind": "link", "reference": "x"}]})).await.refused(422, "gate_closed");

    let touched = rep.post_once("t1", &touch, &recording()).await.ok();
    assert_eq!(touched["state"], "touched");
    assert_eq!(rep.post_once("t1", &touch, &recording()).await.ok(), touched);
    let problem = rep.post(&touch, &recording()).await.refused(422, "gate_closed");
    let missing: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(missing, ["screening.avatar", "screening.nickname", "screening.first_chat_at"]);
    assert!(problem["errors"][0]["remedy"].is_string());

    rep.put(&path(&lead, "/screening"), &form()).await.ok();
    let text = json!({"evidence": [{"kind": "text", "reference": "客户下周来厂"}], "note": "电话沟通"});
    assert_eq!(rep.post(&touch, &text).await.ok()["state"], "screened");
    let touches = rep.get(&path(&lead, "/touches")).await.ok();
    assert_eq!(touches[1]["evidence"][0]["reference"], "客户下周来厂");
    scene.app.events::<LeadTouched>(2).await;
    assert_eq!(scene.app.count_events::<LeadTouched>().await, 2);
}

#[tokio::test]
async fn only_the_owner_and_managers_touch_a_lead() {
    let scene = Scene::open().await;
    scene.rep().await;
    let lead = scene.lead(1).await;
    let colleague = scene.rep().await;
    colleague.post(&path(&lead, "/touch"), &recording()).await.refused(404, "lead_not_found");
    scene.operations.post(&path(&lead, "/touch"), &recording()).await.refused(403, "forbidden");
    scene.manager.post(&path(&lead, "/touch"), &recording()).await.ok();
}
