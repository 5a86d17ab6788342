use chrono::Duration;
use contracts::gateway::v1::{ApiKeyIssued, ApiKeyRevoked};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::Answer;

use crate::support::{DEALER_KEY, World, world, world_with};

async fn issue(world: &World, body: Value) -> (String, String) {
    let issued = world.sign_in("admin.demo").await.post("/api/api-keys", &body).await.ok();
    let text = |field: &str| issued[field].as_str().expect("text").to_owned();
    (text("key"), text("id"))
}

#[tokio::test]
async fn a_key_acts_for_the_system_it_was_issued_to() {
    let world = world().await;
    let (key, id) = issue(&world, json!({ "name": "门店系统", "org": "/huadong/" })).await;
    let me = world.bearer(&key).get("/api/session").await.ok();
    assert_eq!((&me["kind"], &me["id"]), (&json!("api_client"), &json!(id)));
    assert_eq!((&me["roles"], &me["org"]), (&json!(["dealer"]), &json!("/huadong/")));
    let events = world.app.events::<ApiKeyIssued>(2).await;
    let event = events.iter().find(|event| event.api_key_id == id).expect("its event");
    assert!(key.starts_with(&format!("{}_", event.prefix)) && event.role == "dealer");
}

#[tokio::test]
async fn the_secret_is_shown_once_and_stored_as_a_hash() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let body = json!({ "name": "门店系统", "org": "/huadong/" });
    let request = || admin.request(Method::POST, "/api/api-keys").header("idempotency-key", "k1").json(&body);
    let first = Answer::of(request()).await.ok();
    let again = Answer::of(request()).await.ok();
    assert_eq!(again["id"], first["id"]);
    assert!(again["key"].is_null());
    let list = admin.get("/api/api-keys").await.ok();
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    assert!(list[0]["key"].is_null());

    let key = first["key"].as_str().expect("the key").to_owned();
    let secret = key.splitn(3, '_').nth(2).expect("its secret").to_owned();
    let mut db = world.app.admin().await;
    let dump: Vec<String> = sqlx::query_scalar(
        "select k::text from gateway.api_keys k union all select c::text from gateway.commands c
         union all select j::text from gateway.journal j",
    )
    .fetch_all(&mut db)
    .await
    .expect("rows");
    assert!(dump.iter().all(|row| !row.contains(&secret)));
}

#[tokio::test]
async fn a_revoked_key_stops_counting() {
    let world = world().await;
    let (key, id) = issue(&world, json!({ "name": "门店系统", "org": "/" })).await;
    let admin = world.sign_in("admin.demo").await;
    admin.delete(&format!("/api/api-keys/{id}")).await.ok();
    world.bearer(&key).get("/api/session").await.refused(401, "unauthenticated");
    let again = admin.delete(&format!("/api/api-keys/{id}")).await.ok();
    assert!(again["revoked_at"].is_string());
    let event: ApiKeyRevoked = world.app.event().await;
    assert_eq!(event.api_key_id, id);
    assert_eq!(world.app.count_events::<ApiKeyRevoked>().await, 1);
    admin.delete(&format!("/api/api-keys/{}", world.app.ids.new_id())).await.refused(404, "api_key_not_found");
}

#[tokio::test]
async fn a_looked_up_key_is_believed_for_the_configured_moment_only() {
    let world = world_with(|app| app.set(&["service", "session", "cache_ms"], "300")).await;
    let (key, id) = issue(&world, json!({ "name": "门店系统", "org": "/" })).await;
    world.bearer(&key).get("/api/session").await.ok();
    world.sign_in("admin.demo").await.delete(&format!("/api/api-keys/{id}")).await.ok();
    let refused = async || (world.bearer(&key).get("/api/session").await.status == 401).then_some(());
    world.app.eventually("the revoked key is refused", refused).await;
}

#[tokio::test]
async fn a_key_runs_out() {
    let world = world().await;
    let until = world.app.clock.now() + Duration::minutes(5);
    let (key, _) = issue(&world, json!({ "name": "试用", "org": "/", "expires_at": until })).await;
    world.bearer(&key).get("/api/session").await.ok();
    world.app.clock.advance(Duration::minutes(6)).expect("moved");
    world.bearer(&key).get("/api/session").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_wrong_secret_is_nobody() {
    let world = world().await;
    world.bearer(DEALER_KEY).get("/api/session").await.ok();
    world.bearer(&format!("{DEALER_KEY}x")).get("/api/session").await.refused(401, "unauthenticated");
    let other = DEALER_KEY.replace("demodealer", "demodealers");
    world.bearer(&other).get("/api/session").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn only_administrators_see_and_issue_keys() {
    let world = world().await;
    let manager = world.sign_in("guan.demo").await;
    let body = json!({ "name": "x", "org": "/" });
    manager.post("/api/api-keys", &body).await.refused(403, "forbidden");
    manager.get("/api/api-keys").await.refused(403, "forbidden");
    manager.delete(&format!("/api/api-keys/{}", world.app.ids.new_id())).await.refused(403, "forbidden");
    let admin = world.sign_in("admin.demo").await;
    let bad = json!({ "name": "", "org": "/", "role": "service", "expires_at": "2020-01-01T00:00:00Z" });
    let problem = admin.post("/api/api-keys", &bad).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_key_buys_a_short_lived_token() {
    let world = world().await;
    let token = |id: &str, secret: &str| {
        let form = [("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret)];
        Answer::of(world.anonymous(Method::POST, "/api/oauth/token").form(&form))
    };
    let answer = token("slk_demodealer", "notarealsecretjustfortests").await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    let answer = answer.ok();
    assert_eq!((&answer["token_type"], &answer["expires_in"]), (&json!("Bearer"), &json!(900)));
    let client = world.bearer(answer["access_token"].as_str().expect("a token"));
    assert_eq!(client.get("/api/session").await.ok()["kind"], "api_client");
    world.app.clock.advance(Duration::minutes(16)).expect("moved");
    client.get("/api/session").await.refused(401, "unauthenticated");

    let refused = token("slk_demodealer", "notarealsecretjustfortestx").await;
    assert_eq!((refused.status.as_u16(), &refused.body["error"]), (401, &json!("invalid_client")));
    let basic = world.anonymous(Method::POST, "/api/oauth/token").form(&[("grant_type", "client_credentials")]);
    Answer::of(basic.basic_auth("slk_demodealer", Some("notarealsecretjustfortests"))).await.ok();
    let other = world.anonymous(Method::POST, "/api/oauth/token").form(&[("grant_type", "password")]);
    assert_eq!(Answer::of(other).await.body["error"], "unsupported_grant_type");
}

#[tokio::test]
async fn revoking_a_key_takes_its_tokens_along() {
    let world = world().await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "slk_demodealer"),
        ("client_secret", "notarealsecretjustfortests"),
    ];
    let answer = Answer::of(world.anonymous(Method::POST, "/api/oauth/token").form(&form)).await.ok();
    let client = world.bearer(answer["access_token"].as_str().expect("a token"));
    client.get("/api/session").await.ok();
    let admin = world.sign_in("admin.demo").await;
    let id = admin.get("/api/api-keys").await.ok()[0]["id"].as_str().expect("an id").to_owned();
    admin.delete(&format!("/api/api-keys/{id}")).await.ok();
    client.get("/api/session").await.refused(401, "unauthenticated");
}
