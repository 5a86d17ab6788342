use reqwest::Method;
use testkit::Answer;

use crate::support::{PASSWORD, world_with};

#[tokio::test]
async fn whoever_asks_too_much_waits() {
    let world = world_with(|app| app.set(&["service", "limits", "read"], "{ per_minute = 1, burst = 3 }")).await;
    let (rep, manager) = (world.sign_in("lin.demo").await, world.sign_in("guan.demo").await);
    for left in [2, 1, 0] {
        let answer = rep.get("/api/session").await;
        let said = answer.headers["ratelimit"].to_str().expect("text").to_owned();
        assert!(said.starts_with(&format!("\"read\";r={left};t=")), "{said}");
        assert_eq!(answer.headers["ratelimit-policy"], "\"read\";q=3;w=180");
        answer.ok();
    }
    let refused = rep.get("/api/session").await;
    let wait: u64 = refused.headers["retry-after"].to_str().expect("text").parse().expect("seconds");
    assert!((1..=61).contains(&wait), "{wait}");
    assert_eq!(refused.headers["content-type"], "application/problem+json");
    assert!(refused.headers["ratelimit"].to_str().expect("text").starts_with("\"read\";r=0;t="));
    refused.refused(429, "rate_limited");
    manager.get("/api/session").await.ok();
    rep.delete("/api/session").await.ok();
}

#[tokio::test]
async fn signing_in_is_limited_by_address() {
    let world = world_with(|app| app.set(&["service", "limits", "login"], "{ per_minute = 1, burst = 2 }")).await;
    world.try_sign_in("lin.demo", PASSWORD).await.ok();
    world.try_sign_in("guan.demo", "wrong").await.refused(401, "sign_in_refused");
    world.try_sign_in("admin.demo", PASSWORD).await.refused(429, "rate_limited");
}

#[tokio::test]
async fn behind_a_believed_proxy_addresses_are_told_apart() {
    let world = world_with(|app| {
        app.set(&["service", "limits", "login"], "{ per_minute = 1, burst = 1 }")
            .set(&["service", "limits", "trust_forwarded_for"], "true")
    })
    .await;
    let from = |addresses: &str| {
        let body = serde_json::json!({ "tenant": "demo", "login": "lin.demo", "password": PASSWORD });
        Answer::of(world.anonymous(Method::POST, "/api/session").header("x-forwarded-for", addresses).json(&body))
    };
    from("203.0.113.1").await.ok();
    from("198.51.100.7, 203.0.113.1").await.refused(429, "rate_limited");
    from("203.0.113.1, 203.0.113.2").await.ok();
}
