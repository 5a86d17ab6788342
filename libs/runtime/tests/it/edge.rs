use kernel::Role;
use reqwest::Method;
use serde_json::json;
use testkit::{Answer, TestApp};

use crate::notes::definition;

#[tokio::test]
async fn nobody_gets_in_without_a_believed_token() {
    let app = TestApp::start(definition()).await;
    let url = format!("{}/api/notes", app.base_url);
    let anonymous = Answer::of(app.visitor().post(&url).json(&json!({ "text": "a" }))).await;
    anonymous.refused(401, "unauthenticated");
    let forged = app.visitor().post(&url).header("x-sluice-principal", "e30.AAAA").json(&json!({ "text": "a" }));
    Answer::of(forged).await.refused(401, "unauthenticated");
    app.clock.advance(chrono::Duration::hours(1)).expect("moved");
    app.person(Role::SalesRep, "/").post("/api/notes", &json!({ "text": "a" })).await.ok();
}

#[tokio::test]
async fn bad_input_names_the_field_and_speaks_the_callers_language() {
    let app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    let wrong = rep.post("/api/notes", &json!({ "text": 7 })).await;
    assert_eq!(wrong.headers["content-type"], "application/problem+json");
    let wrong = wrong.refused(400, "invalid_request");
    assert_eq!(wrong["errors"][0]["field"], "text");
    assert_eq!(wrong["title"], "请求内容有误");
    assert_eq!(wrong["trace_id"].as_str().map(str::len), Some(32), "{wrong}");

    let english =
        rep.request(Method::POST, "/api/notes").header("accept-language", "en-GB").json(&json!({ "text": "" }));
    let english = Answer::of(english).await.refused(400, "note_empty");
    assert_eq!(english["errors"][0]["reason"], "is required");
    let unknown =
        rep.post("/api/notes", &json!({ "text": "a", "colour": "red" })).await.refused(400, "invalid_request");
    assert!(unknown["errors"][0]["reason"].as_str().is_some_and(|reason| reason.contains("colour")), "{unknown}");
    rep.get("/api/nothing").await.refused(404, "not_found");
    let nul = rep.post("/api/notes", &json!({ "text": "a\0b" })).await.refused(400, "invalid_request");
    assert_eq!(nul["errors"][0]["field"], "text");
    let text = rep.request(Method::POST, "/api/notes").body("plain");
    Answer::of(text).await.refused(415, "json_expected");
}

#[tokio::test]
async fn a_panic_is_answered_and_the_service_goes_on() {
    let app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    let problem = rep.get("/api/notes/panic").await.refused(500, "internal");
    assert!(!problem.to_string().contains("on purpose"), "internals stay inside: {problem}");
    rep.post("/api/notes", &json!({ "text": "still here" })).await.ok();
}

#[tokio::test]
async fn a_repeated_key_gets_the_same_answer() {
    let app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    let first = rep.post_once("k-1", "/api/notes", &json!({ "text": "once" })).await;
    let again = rep.post_once("k-1", "/api/notes", &json!({ "text": "once" })).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(first.ok(), again.ok());
    let other = rep.post_once("k-1", "/api/notes", &json!({ "text": "twice" })).await;
    other.refused(422, "idempotency_key_reused");
    let somebody_else =
        app.person(Role::SalesRep, "/").post_once("k-1", "/api/notes", &json!({ "text": "mine" })).await;
    assert_eq!(somebody_else.ok()["text"], "mine");
}

#[tokio::test]
async fn health_metrics_and_description_are_served() {
    let app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    assert_eq!(rep.get("/healthz").await.ok(), "ok");
    let ready = async || (rep.get("/readyz").await.status == 200).then_some(());
    app.eventually("the bus is connected", ready).await;
    assert_eq!(rep.get("/readyz").await.ok(), json!({ "database": true, "bus": true }));
    let api = rep.get("/openapi.json").await.ok();
    assert_eq!(api["openapi"], "3.1.0");
    assert!(api["paths"]["/api/notes"]["post"].is_object(), "{}", api["paths"]);
    assert!(api["paths"]["/api/dead-letters/lead-routing"]["get"].is_object(), "{}", api["paths"]);
}
