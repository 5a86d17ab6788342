use chrono::Duration;
use contracts::gateway::v1::SecondFactorEnrolled;
use serde_json::json;

use crate::support::{TOTP_URI, world};

#[tokio::test]
async fn a_second_factor_counts_from_its_first_code() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    rep.post("/api/session/step-up", &json!({ "code": "123456" })).await.refused(409, "second_factor_missing");
    let proposed = rep.post("/api/session/second-factor", &json!({})).await.ok();
    let uri = proposed["otpauth_uri"].as_str().expect("a URI").to_owned();
    assert_eq!(rep.get("/api/session").await.ok()["second_factor"], false);

    let confirm = "/api/session/second-factor/confirm";
    rep.post(confirm, &json!({ "code": "000000" })).await.refused(401, "totp_wrong_code");
    let code = world.code(&uri);
    rep.post(confirm, &json!({ "code": code })).await.ok();
    assert_eq!(rep.get("/api/session").await.ok()["second_factor"], true);
    let enrolled = world.app.events::<SecondFactorEnrolled>(2).await;
    assert_eq!(enrolled[1].person_id, rep.id().await, "the first is the manager's, from the organisation file");

    rep.post("/api/session/step-up", &json!({ "code": code })).await.refused(401, "totp_already_used");
    world.app.clock.advance(Duration::seconds(30)).expect("moved");
    rep.post("/api/session/step-up", &json!({ "code": world.code(&uri) })).await.ok();
}

#[tokio::test]
async fn stepping_up_lasts_some_minutes_and_for_one_session() {
    let world = world().await;
    let (here, elsewhere) = (world.sign_in("guan.demo").await, world.sign_in("guan.demo").await);
    let stepped_up = here.post("/api/session/step-up", &json!({ "code": world.code(TOTP_URI) })).await.ok();
    let until = (world.app.clock.now() + Duration::minutes(10)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(stepped_up["stepped_up_until"], json!(until));
    assert_eq!(here.get("/api/session").await.ok()["stepped_up_until"], json!(until));
    assert!(elsewhere.get("/api/session").await.ok()["stepped_up_until"].is_null());
    world.app.clock.advance(Duration::minutes(11)).expect("moved");
    assert!(here.get("/api/session").await.ok()["stepped_up_until"].is_null());
}

#[tokio::test]
async fn a_code_counts_once_in_all_sessions() {
    let world = world().await;
    let (one, other) = (world.sign_in("guan.demo").await, world.sign_in("guan.demo").await);
    let code = json!({ "code": world.code(TOTP_URI) });
    one.post("/api/session/step-up", &code).await.ok();
    other.post("/api/session/step-up", &code).await.refused(401, "totp_already_used");
}

#[tokio::test]
async fn guessing_codes_is_stopped() {
    let world = world().await;
    let manager = world.sign_in("guan.demo").await;
    let wrong = json!({ "code": "000000" });
    for _ in 0..5 {
        manager.post("/api/session/step-up", &wrong).await.refused(401, "totp_wrong_code");
    }
    let right = json!({ "code": world.code(TOTP_URI) });
    manager.post("/api/session/step-up", &right).await.refused(429, "too_many_attempts");
    world.app.clock.advance(Duration::seconds(60)).expect("moved");
    manager.post("/api/session/step-up", &json!({ "code": world.code(TOTP_URI) })).await.ok();
}

#[tokio::test]
async fn replacing_a_second_factor_needs_the_one_in_use() {
    let world = world().await;
    let manager = world.sign_in("guan.demo").await;
    manager.post("/api/session/second-factor", &json!({})).await.refused(401, "step_up_required");
    manager.post("/api/session/step-up", &json!({ "code": world.code(TOTP_URI) })).await.ok();
    let proposed = manager.post("/api/session/second-factor", &json!({})).await.ok();
    let uri = proposed["otpauth_uri"].as_str().expect("a URI").to_owned();
    world.app.clock.advance(Duration::seconds(60)).expect("moved");
    manager.post("/api/session/step-up", &json!({ "code": world.code(&uri) })).await.refused(401, "totp_wrong_code");
    manager.post("/api/session/second-factor/confirm", &json!({ "code": world.code(&uri) })).await.ok();
    world.app.clock.advance(Duration::seconds(60)).expect("moved");
    manager
        .post("/api/session/step-up", &json!({ "code": world.code(TOTP_URI) }))
        .await
        .refused(401, "totp_wrong_code");
    manager.post("/api/session/step-up", &json!({ "code": world.code(&uri) })).await.ok();
}

#[tokio::test]
async fn the_secret_is_stored_encrypted() {
    let world = world().await;
    let mut admin = world.app.admin().await;
    let sealed: Vec<u8> =
        sqlx::query_scalar("select secret from gateway.second_factors").fetch_one(&mut admin).await.expect("one");
    assert!(!sealed.windows(20).any(|window| window == b"12345678901234567890"));
    assert_eq!(sealed.len(), 12 + 20 + 16);
}
