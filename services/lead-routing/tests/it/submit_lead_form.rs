use kernel::Role;
use serde_json::{Value, json};

use crate::scene::{Scene, lead};

#[tokio::test]
async fn a_visitor_hands_in_a_lead_without_signing_in() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let form = json!({"exhibition": "华东工业展", "org": "/huadong/", "region": "上海"});
    let form = scene.operations.post("/api/lead-forms", &form).await.ok();
    let mut body = lead(1);
    body.as_object_mut().expect("fields").remove("region");
    let url = format!("{}{}", scene.app.base_url, form["path"].as_str().expect("a path"));
    let send = || async {
        scene.app.visitor().post(&url).header("idempotency-key", "v1").json(&body).send().await.expect("an answer")
    };

    let answer = send().await;
    assert_eq!(answer.status(), 201);
    let receipt: Value = answer.json().await.expect("json");
    assert_eq!(receipt.as_object().map(serde_json::Map::len), Some(2), "a visitor learns nothing else: {receipt}");
    let again: Value = send().await.json().await.expect("json");
    assert_eq!(again, receipt);

    let leads = rep.get("/api/leads").await.ok();
    let seen = &leads["items"][0];
    assert_eq!((&seen["source"], &seen["source_detail"]), (&json!("exhibition_qr"), &json!("华东工业展")));
    assert_eq!((&seen["region"], leads["items"].as_array().map(Vec::len)), (&json!("上海"), Some(1)));
}

#[tokio::test]
async fn unknown_codes_and_wrong_content_are_refused() {
    let scene = Scene::empty().await;
    let form = scene.operations.post("/api/lead-forms", &json!({"exhibition": "展会", "org": "/"})).await.ok();
    let post = |path: String, body: Value| {
        scene.app.visitor().post(format!("{}{path}", scene.app.base_url)).json(&body).send()
    };
    let unknown = post("/api/lead-forms/nosuchcode".into(), lead(1)).await.expect("an answer");
    assert_eq!(unknown.status(), 404);
    let wrong = post(form["path"].as_str().expect("a path").into(), json!({"company": "甲"})).await.expect("an answer");
    assert_eq!(wrong.status(), 400);
    scene.manager.post("/api/lead-forms", &json!({"exhibition": "展会", "org": "/"})).await.refused(403, "forbidden");
    let forms = scene.app.person(Role::SalesManager, "/").get("/api/lead-forms").await.ok();
    assert_eq!(forms.as_array().map(Vec::len), Some(1));
}
