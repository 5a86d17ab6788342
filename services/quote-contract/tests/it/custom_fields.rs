//! Quotes hold the fields that operations has added: the quote itself, not a revision.

use axum::http::Method;
use serde_json::json;
use testkit::Answer;

use crate::world::World;

#[tokio::test]
async fn a_quote_holds_values_over_its_revisions() {
    let world = World::start().await;
    world.product().await;
    let field =
        json!({ "resource": "quote", "key": "project", "type": "text", "label": { "zh": "项目编号", "en": "" } });
    world.operations.post("/api/custom-fields/quote-contract", &field).await.ok();
    let mut body = world.quote("5");
    body["custom"] = json!({ "project": 7 });
    let problem = world.rep.post("/api/quotes", &body).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["field"], "custom.project");
    body["custom"] = json!({ "project": "LC-2027-018" });
    let quote = world.rep.post("/api/quotes", &body).await.ok();
    assert_eq!(quote["custom"], json!({ "project": "LC-2027-018" }));

    let mut content = world.quote("6");
    content.as_object_mut().expect("an object").remove("opportunity_id");
    let path = format!("/api/quotes/{}", quote["id"].as_str().expect("an id"));
    let revised = world.rep.put(&path, &content).await.ok();
    assert_eq!(revised["custom"], quote["custom"], "what is not named stays");
    content["custom"] = json!({ "project": null });
    assert_eq!(world.rep.put(&path, &content).await.ok()["custom"], json!({}));
    let found = async |wanted: &str| {
        let request = world.rep.request(Method::GET, "/api/quotes").query(&[("custom", wanted)]);
        Answer::of(request).await.ok()["items"].as_array().expect("items").len()
    };
    assert_eq!(found("project:018").await, 0);
    content["custom"] = json!({ "project": "LC-2027-018" });
    world.rep.put(&path, &content).await.ok();
    assert_eq!((found("project:018").await, found("project:019").await), (1, 0));
}
