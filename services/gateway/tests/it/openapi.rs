use reqwest::Method;
use serde_json::json;
use testkit::{Answer, HttpSink};

use crate::support::{world, world_with};

#[tokio::test]
async fn one_description_of_everything() {
    let crm = HttpSink::start().await;
    crm.answer_at(
        "/openapi.json",
        200,
        json!({
            "openapi": "3.1.0",
            "paths": {
                "/api/customers": { "get": { "responses": { "200": { "content": { "application/json": { "schema":
                    { "$ref": "#/components/schemas/PersonView" } } } } } } },
                "/api/process/crm/publish": { "post": { "responses": {} } },
                "/api/process/collections/publish": { "post": { "responses": {} } },
                "/api/elsewhere": { "get": { "responses": {} } },
            },
            "components": { "schemas": { "PersonView": { "type": "object", "title": "another one" } } },
        }),
    );
    let world = world_with(|app| app.set(&["runtime", "peers", "crm"], format!("{:?}", crm.url()))).await;
    let merged = Answer::of(world.anonymous(Method::GET, "/api/openapi.json")).await.ok();
    assert_eq!(merged["openapi"], "3.1.0");
    let reference =
        &merged["paths"]["/api/customers"]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    let name = reference["$ref"].as_str().expect("a reference").rsplit('/').next().expect("a name");
    assert_eq!(merged["components"]["schemas"][name]["title"], "another one");
    assert!(merged["paths"]["/api/people"]["post"].is_object(), "its own");
    assert!(merged["paths"]["/api/dead-letters/gateway"].is_object());
    assert!(merged["paths"]["/api/process/crm/publish"]["post"].is_object());
    assert!(merged["paths"]["/api/process/collections/publish"].is_null(), "each service describes its own");
    assert!(merged["paths"]["/api/elsewhere"].is_null(), "what the route table does not send there");
    assert!(merged["components"]["securitySchemes"]["bearer"].is_object());
    assert_eq!(merged["paths"]["/api/session"]["post"]["security"], json!([]));
    assert!(merged["paths"]["/api/people"]["post"]["security"].is_null());
    every_reference_leads_somewhere(&merged);
}

fn every_reference_leads_somewhere(merged: &serde_json::Value) {
    let text = merged.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().expect("a name");
        assert!(merged["components"]["schemas"][name].is_object(), "{name}");
    }
}

#[tokio::test]
async fn a_service_that_comes_later_is_described_then() {
    let crm = HttpSink::start().await;
    crm.answer_at("/openapi.json", 503, json!({}));
    let world = world_with(|app| app.set(&["runtime", "peers", "crm"], format!("{:?}", crm.url()))).await;
    let get = || Answer::of(world.anonymous(Method::GET, "/api/openapi.json"));
    let first = get().await.ok();
    assert!(first["paths"]["/api/people"].is_object() && first["paths"]["/api/visits"].is_null());
    crm.answer_at("/openapi.json", 200, json!({ "paths": { "/api/visits": { "get": {} } }, "components": {} }));
    assert!(get().await.ok()["paths"]["/api/visits"].is_object());
}

#[tokio::test]
async fn the_explorer_needs_no_network() {
    let world = world().await;
    let page = Answer::of(world.anonymous(Method::GET, "/docs/api")).await;
    assert_eq!(page.status, 200);
    let page = page.body.as_str().expect("HTML").to_owned();
    for outside in ["https://", "http://", "//cdn"] {
        assert!(
            !page.contains(&format!("src=\"{outside}")) && !page.contains(&format!("href=\"{outside}")),
            "{outside}"
        );
    }
    let script = Answer::of(world.anonymous(Method::GET, "/docs/api/swagger-initializer.js")).await;
    assert!(script.body.as_str().expect("text").contains("/api/openapi.json"));
    assert_eq!(Answer::of(world.anonymous(Method::GET, "/docs/api/swagger-ui-bundle.js")).await.status, 200);
}
