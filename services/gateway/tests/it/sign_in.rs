use chrono::Duration;
use reqwest::Method;
use serde_json::json;
use sqlx::Row;
use testkit::{Answer, AppBuilder};

use crate::support::{PASSWORD, World, world, world_with};

#[tokio::test]
async fn the_right_password_opens_a_session() {
    let world = world().await;
    let answer = world.try_sign_in("lin.demo", PASSWORD).await;
    assert_eq!(answer.status, 201);
    let cookie = answer.headers["set-cookie"].to_str().expect("text").to_owned();
    assert!(cookie.starts_with("sluice_session=sls_") && cookie.contains("HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let token = answer.ok()["token"].as_str().expect("a token").to_owned();
    let me = world.bearer(&token).get("/api/session").await.ok();
    assert_eq!(me["name"], "林示例");
    assert_eq!((&me["org"], &me["roles"]), (&json!("/huadong/shanghai/"), &json!(["sales_rep"])));
    assert_eq!(me["tenant"]["slug"], "demo");
}

#[tokio::test]
async fn an_email_address_is_as_good_as_the_login() {
    let world = world().await;
    assert_eq!(world.try_sign_in("LIN@example.com", PASSWORD).await.status, 201);
}

#[tokio::test]
async fn nobody_learns_which_part_was_wrong() {
    let world = world().await;
    let wrong = world.try_sign_in("lin.demo", "not the password").await.refused(401, "sign_in_refused");
    let mut unknown = world.try_sign_in("nobody.demo", PASSWORD).await.refused(401, "sign_in_refused");
    let no_password = world.try_sign_in("legal.demo", PASSWORD).await.refused(401, "sign_in_refused");
    let elsewhere = json!({ "tenant": "elsewhere", "login": "lin.demo", "password": PASSWORD });
    Answer::of(world.anonymous(Method::POST, "/api/session").json(&elsewhere)).await.refused(401, "sign_in_refused");
    unknown["trace_id"] = wrong["trace_id"].clone();
    assert_eq!(unknown, wrong);
    assert_eq!(no_password["title"], wrong["title"]);
}

#[tokio::test]
async fn whoever_fails_too_often_waits_longer_and_longer() {
    let world = world().await;
    for _ in 0..5 {
        world.try_sign_in("lin.demo", "not the password").await.refused(401, "sign_in_refused");
    }
    let blocked = world.try_sign_in("lin.demo", PASSWORD).await;
    assert_eq!(blocked.headers["retry-after"], "31");
    blocked.refused(429, "too_many_attempts");
    assert_eq!(world.try_sign_in("guan.demo", PASSWORD).await.status, 201, "others are not held up");

    world.app.clock.advance(Duration::seconds(31)).expect("moved");
    world.try_sign_in("lin.demo", "still not").await.refused(401, "sign_in_refused");
    world.app.clock.advance(Duration::seconds(31)).expect("moved");
    world.try_sign_in("lin.demo", PASSWORD).await.refused(429, "too_many_attempts");
    world.app.clock.advance(Duration::seconds(31)).expect("moved");
    assert_eq!(world.try_sign_in("lin.demo", PASSWORD).await.status, 201);
    world.try_sign_in("lin.demo", "not the password").await.refused(401, "sign_in_refused");
}

/// Fails to sign in; answers the status.
async fn guess(world: &World, login: &str, address: &str) -> u16 {
    from(world, login, "not the password", address).await.status.as_u16()
}

async fn from(world: &World, login: &str, password: &str, address: &str) -> Answer {
    let body = json!({ "tenant": "demo", "login": login, "password": password });
    let request = world.anonymous(Method::POST, "/api/session").header("x-forwarded-for", address);
    Answer::of(request.json(&body)).await
}

/// Addresses are told apart; a login and an address have these quotas.
async fn guarded(login: &'static str, address: &'static str) -> World {
    let world = |app: AppBuilder| {
        app.set(&["service", "limits", "trust_forwarded_for"], "true")
            .set(&["service", "attempts", "login"], login)
            .set(&["service", "attempts", "address"], address)
    };
    world_with(world).await
}

const PLENTY: &str = "{ burst = 1000, every_seconds = 1 }";

#[tokio::test]
async fn one_login_is_not_guessed_from_many_addresses() {
    let world = guarded("{ burst = 3, every_seconds = 60 }", PLENTY).await;
    from(&world, "lin.demo", PASSWORD, "203.0.113.1").await.ok();
    for n in 1..=3 {
        assert_eq!(guess(&world, "lin.demo", &format!("198.51.100.{n}")).await, 401);
    }
    let refused = from(&world, "lin.demo", "not the password", "198.51.100.4").await;
    assert_eq!(refused.headers["retry-after"], "61");
    refused.refused(429, "too_many_attempts");
    assert_eq!(guess(&world, "guan.demo", "198.51.100.4").await, 401, "another login has its own quota");
    assert_eq!(guess(&world, "lin.demo", "203.0.113.1").await, 401);
    from(&world, "lin.demo", PASSWORD, "203.0.113.1").await.ok();

    world.app.clock.advance(Duration::seconds(61)).expect("moved");
    from(&world, "lin.demo", PASSWORD, "198.51.100.5").await.ok();
    assert_eq!(guess(&world, "lin.demo", "198.51.100.6").await, 401, "a success gives back what it took");
    assert_eq!(guess(&world, "lin.demo", "198.51.100.7").await, 429);

    world.app.clock.advance(Duration::days(31)).expect("moved");
    for n in 1..=3 {
        assert_eq!(guess(&world, "lin.demo", &format!("198.51.100.{n}")).await, 401);
    }
    assert_eq!(guess(&world, "lin.demo", "203.0.113.1").await, 429, "not seen there for too long");
}

#[tokio::test]
async fn one_address_does_not_guess_at_many_logins() {
    let world = guarded(PLENTY, "{ burst = 3, every_seconds = 60 }").await;
    from(&world, "lin.demo", PASSWORD, "203.0.113.1").await.ok();
    for n in 1..=3 {
        assert_eq!(guess(&world, &format!("nobody{n}"), "203.0.113.1").await, 401);
    }
    assert_eq!(guess(&world, "guan.demo", "203.0.113.1").await, 429);
    assert_eq!(guess(&world, "guan.demo", "203.0.113.2").await, 401);
    from(&world, "lin.demo", PASSWORD, "203.0.113.1").await.ok();
    for n in 1..=3 {
        assert_eq!(guess(&world, &format!("nobody{n}"), &format!("2001:db8::{n}")).await, 401);
    }
    assert_eq!(guess(&world, "guan.demo", "2001:db8::ffff:1").await, 429, "one network, one address");
}

#[tokio::test]
async fn many_guesses_at_once_count_as_many() {
    let world = world().await;
    let guesses = (0..20).map(|_| world.try_sign_in("lin.demo", "not the password"));
    let answers = futures::future::join_all(guesses).await;
    let tried = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(tried, 5, "only the free attempts reach the password");
}

#[tokio::test]
async fn tokens_and_passwords_are_kept_as_hashes() {
    let world = world().await;
    let signed_in = world.sign_in("lin.demo").await;
    let mut admin = world.app.admin().await;
    let stored =
        sqlx::query("select token_hash from gateway.sessions").fetch_one(&mut admin).await.expect("one session");
    let expected = {
        use sha2::Digest;
        sha2::Sha256::digest(signed_in.token.as_bytes()).to_vec()
    };
    assert_eq!(stored.get::<Vec<u8>, _>("token_hash"), expected);
    let hash: String = sqlx::query_scalar("select password from gateway.people where login = 'lin.demo'")
        .fetch_one(&mut admin)
        .await
        .expect("a password");
    assert!(hash.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{hash}");
}

#[tokio::test]
async fn a_repeated_sign_in_gets_a_session_of_its_own() {
    let world = world().await;
    let body = json!({ "tenant": "demo", "login": "lin.demo", "password": PASSWORD });
    let request = || world.anonymous(Method::POST, "/api/session").header("idempotency-key", "once").json(&body);
    let (first, second) = (Answer::of(request()).await.ok(), Answer::of(request()).await.ok());
    assert_ne!(first["token"], second["token"]);
    let mut admin = world.app.admin().await;
    let kept: i64 =
        sqlx::query_scalar("select count(*) from gateway.commands").fetch_one(&mut admin).await.expect("a count");
    assert_eq!(kept, 0, "no answer with a token is kept");
}

#[tokio::test]
async fn the_built_in_directory_can_be_switched_off() {
    let world = world_with(|app| app.set(&["service", "directory", "enabled"], "false")).await;
    world.try_sign_in("lin.demo", PASSWORD).await.refused(404, "directory_off");
    let options = Answer::of(world.anonymous(Method::GET, "/api/session/options")).await.ok();
    assert_eq!(options["directory"], false);
}

#[tokio::test]
async fn other_sites_cannot_sign_a_browser_in() {
    let world = world().await;
    let body = json!({ "tenant": "demo", "login": "lin.demo", "password": PASSWORD });
    let request = world.anonymous(Method::POST, "/api/session").header("sec-fetch-site", "cross-site").json(&body);
    Answer::of(request).await.refused(403, "cross_site");
}
