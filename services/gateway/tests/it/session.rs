use chrono::Duration;
use reqwest::Method;
use serde_json::json;
use testkit::Answer;

use crate::support::{PASSWORD, world, world_with};

#[tokio::test]
async fn without_a_session_nobody_is_anybody() {
    let world = world().await;
    for token in ["", "sls_unknown", "slk_x_y", "nonsense"] {
        world.bearer(token).get("/api/session").await.refused(401, "unauthenticated");
    }
    Answer::of(world.anonymous(Method::GET, "/api/people")).await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn what_a_client_says_about_itself_is_ignored() {
    let world = world().await;
    let pretender = world.app.person(kernel::Role::Administrator, "/");
    pretender.get("/api/people").await.refused(401, "unauthenticated");
    let rep = world.sign_in("lin.demo").await;
    let mixed = pretender.request(Method::GET, "/api/session").bearer_auth(&rep.token);
    assert_eq!(Answer::of(mixed).await.ok()["name"], "林示例");
}

#[tokio::test]
async fn the_cookie_works_like_the_token() {
    let world = world().await;
    let token = world.sign_in("lin.demo").await.token;
    let request = world.anonymous(Method::GET, "/api/session").header("cookie", format!("a=b; sluice_session={token}"));
    assert_eq!(Answer::of(request).await.ok()["name"], "林示例");
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let world = world_with(|app| app.set(&["service", "session", "cache_ms"], "600000")).await;
    let rep = world.sign_in("lin.demo").await;
    rep.get("/api/session").await.ok();
    let out = rep.delete("/api/session").await;
    assert_eq!(out.status, 204);
    assert!(out.headers["set-cookie"].to_str().expect("text").starts_with("sluice_session=; Path=/; Max-Age=0"));
    rep.get("/api/session").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let world = world().await;
    let (idle, busy) = (world.sign_in("lin.demo").await, world.sign_in("lin.demo").await);
    world.app.clock.advance(Duration::minutes(40)).expect("moved");
    busy.get("/api/session").await.ok();
    world.app.clock.advance(Duration::minutes(40)).expect("moved");
    busy.get("/api/session").await.ok();
    idle.get("/api/session").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_session_ends_in_any_case() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    for _ in 0..14 {
        world.app.clock.advance(Duration::minutes(50)).expect("moved");
        rep.get("/api/session").await.ok();
    }
    world.app.clock.advance(Duration::minutes(50)).expect("moved");
    rep.get("/api/session").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn changes_by_cookie_come_from_our_own_pages() {
    let world = world().await;
    let token = world.sign_in("admin.demo").await.token;
    let unit = json!({ "path": "/huabei/", "name": "华北", "kind": "region" });
    let post = || {
        let request = world.anonymous(Method::POST, "/api/org-units");
        request.header("cookie", format!("sluice_session={token}")).json(&unit)
    };
    Answer::of(post()).await.refused(403, "cross_site");
    Answer::of(post().header("sec-fetch-site", "same-site")).await.refused(403, "cross_site");
    Answer::of(post().header("origin", "https://evil.example")).await.refused(403, "cross_site");
    Answer::of(post().header("origin", "http://127.0.0.1:8080")).await.ok();
    Answer::of(post().header("sec-fetch-site", "same-origin")).await.refused(409, "org_unit_exists");
}

#[tokio::test]
async fn changing_the_password_ends_the_other_sessions() {
    let world = world().await;
    let (here, elsewhere) = (world.sign_in("lin.demo").await, world.sign_in("lin.demo").await);
    let path = "/api/session/password";
    here.put(path, &json!({ "current": "wrong", "new": "another long password" }))
        .await
        .refused(401, "sign_in_refused");
    here.put(path, &json!({ "current": PASSWORD, "new": "short" })).await.refused(400, "invalid_request");
    here.put(path, &json!({ "current": PASSWORD, "new": "another long password" })).await.ok();
    here.get("/api/session").await.ok();
    elsewhere.get("/api/session").await.refused(401, "unauthenticated");
    world.try_sign_in("lin.demo", PASSWORD).await.refused(401, "sign_in_refused");
    assert_eq!(world.try_sign_in("lin.demo", "another long password").await.status, 201);
}
