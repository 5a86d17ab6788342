use contracts::lead_routing::v1::LeadConverted;
use serde_json::json;

use crate::scene::{Scene, form, path, recording};

#[tokio::test]
async fn a_screened_lead_becomes_an_opportunity_and_frees_its_owner() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    rep.put(&path(&lead, "/screening"), &form()).await.ok();
    let body = json!({"subject": "三条产线的温控改造"});
    let converted = rep.post_once("c1", &path(&lead, "/convert"), &body).await.ok();
    assert_eq!(rep.post_once("c1", &path(&lead, "/convert"), &body).await.ok(), converted);
    let event: LeadConverted = scene.app.event().await;
    assert_eq!(json!(event.opportunity_id), converted["opportunity_id"]);
    assert_eq!(json!(event.customer_id), converted["customer_id"]);
    assert_eq!((event.subject.as_str(), event.org.as_str()), ("三条产线的温控改造", "/huadong/"));
    assert_eq!(event.budget.map(|budget| budget.minor), Some(12_000_000));
    rep.post(&path(&lead, "/convert"), &body).await.refused(409, "lead_state_conflict");
    let load = rep.get(&format!("/api/reps/{}", rep.id())).await.ok();
    assert_eq!((&load["open"], &load["assigned_today"]), (&json!(0), &json!(1)));
    assert_eq!(scene.app.count_events::<LeadConverted>().await, 1);
}

#[tokio::test]
async fn without_the_screening_form_or_a_subject_nothing_is_converted() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    rep.post(&path(&lead, "/touch"), &recording()).await.ok();
    let convert = path(&lead, "/convert");
    let problem = rep.post(&convert, &json!({"subject": "温控"})).await.refused(422, "gate_closed");
    assert_eq!(problem["errors"][0]["field"], "screening.avatar");
    rep.put(&path(&lead, "/screening"), &form()).await.ok();
    let problem = rep.post(&convert, &json!({"subject": " "})).await.refused(422, "gate_closed");
    assert_eq!(problem["errors"][0]["field"], "subject");
}
