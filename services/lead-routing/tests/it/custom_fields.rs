//! Leads hold the fields that operations has added.

use axum::http::Method;
use serde_json::json;
use testkit::Answer;

use crate::scene::{Scene, lead};

const FIELDS: &str = "/api/custom-fields/lead-routing";

#[tokio::test]
async fn a_lead_is_handed_in_with_values_and_found_by_them() {
    let scene = Scene::open().await;
    scene.rep().await;
    let field = json!({ "resource": "lead", "key": "halls", "type": "number", "label": { "zh": "厂房数", "en": "" } });
    scene.operations.post(FIELDS, &field).await.ok();
    let mut body = lead(1);
    body["custom"] = json!({ "halls": "two" });
    let problem = scene.operations.post("/api/leads", &body).await.refused(400, "invalid_request");
    assert_eq!(
        (&problem["errors"][0]["field"], &problem["errors"][0]["code"]),
        (&json!("custom.halls"), &json!("malformed"))
    );
    assert_eq!(scene.operations.get("/api/leads").await.ok()["items"], json!([]), "nothing is stored");

    body["custom"] = json!({ "halls": 2 });
    let taken = scene.operations.post("/api/leads", &body).await.ok();
    assert_eq!(taken["custom"], json!({ "halls": 2 }));
    scene.operations.post("/api/leads", &lead(2)).await.ok();
    let found = scene.operations.get("/api/leads?custom=halls:2").await.ok();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["items"][0]["id"], taken["id"]);
}

/// A dealer's system and a file know nothing of a field that was added yesterday.
#[tokio::test]
async fn a_required_field_asks_people_and_systems_but_not_files() {
    let scene = Scene::open().await;
    scene.rep().await;
    let field = json!({ "resource": "lead", "key": "halls", "type": "number", "required": true,
        "label": { "zh": "厂房数", "en": "" } });
    scene.operations.post(FIELDS, &field).await.ok();
    let problem = scene.operations.post("/api/leads", &lead(1)).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["field"], "custom.halls");
    let file = "公司,电话\n远山机电9号有限公司,13800000009\n";
    let request = scene.operations.request(Method::POST, "/api/lead-imports").header("content-type", "text/csv");
    assert_eq!(Answer::of(request.body(file)).await.ok()["accepted"], 1);
}
