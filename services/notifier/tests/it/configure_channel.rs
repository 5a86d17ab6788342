use kernel::Role;
use serde_json::json;

use crate::support::{REP, acting_as, administrator, live, with_peers};

#[tokio::test]
async fn secrets_go_in_and_never_come_out() {
    let app = live().await;
    let administrator = administrator(&app);
    let settings = json!({ "host": "smtp.example.com", "port": 587, "from": "sluice@example.com", "username": "u", "password": "hidden-1" });
    let put = administrator.put("/api/channels/email", &json!({ "settings": settings })).await.ok();
    assert_eq!((&put["source"], &put["secrets"]), (&"tenant".into(), &json!(["password"])));
    assert!(!put.to_string().contains("hidden-1"));

    let moved = json!({ "host": "mail.example.com", "port": 465, "from": "sluice@example.com", "tls": "implicit", "username": "u" });
    administrator.put("/api/channels/email", &json!({ "settings": moved })).await.ok();
    assert_eq!(administrator.get("/api/channels").await.ok()[0]["secrets"], json!(["password"]), "it was kept");

    let channels = administrator.get("/api/channels").await.ok();
    let sources: Vec<_> = channels
        .as_array()
        .expect("channels")
        .iter()
        .map(|channel| (channel["channel"].clone(), channel["source"].clone()))
        .collect();
    assert_eq!(sources[0], ("email".into(), "tenant".into()));
    assert_eq!(sources.len(), 5);
    assert!(!channels.to_string().contains("hidden-1"));
    assert_eq!(administrator.delete("/api/channels/email").await.ok()["source"], "none");
    administrator.delete("/api/channels/email").await.refused(404, "channel_not_found");
}

#[tokio::test]
async fn unusable_settings_are_refused() {
    let app = live().await;
    let administrator = administrator(&app);
    for (channel, settings) in [
        ("email", json!({ "host": "h", "port": 25, "from": "not an address" })),
        ("email", json!({ "host": "h", "port": 25, "from": "a@example.com", "colour": "red" })),
        ("sms", json!({ "url": "https://sms.example.com" })),
        ("wecom", json!({ "url": "nowhere" })),
        ("in_app", json!({})),
    ] {
        let answer = administrator.put(&format!("/api/channels/{channel}"), &json!({ "settings": settings })).await;
        answer.refused(400, "invalid_request");
    }
    administrator.put("/api/channels/pigeon", &json!({ "settings": {} })).await.refused(404, "not_found");
}

#[tokio::test]
async fn private_addresses_are_refused_in_production() {
    let app = with_peers().set(&["service", "allow_private_targets"], "false").start().await;
    let settings = json!({ "settings": { "url": "https://169.254.169.254/latest", "token": "t" } });
    let problem = administrator(&app).put("/api/channels/sms", &settings).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["code"], "private_target");
    let webhook = json!({ "url": "https://10.0.0.8/hook", "event_types": ["*"] });
    let problem = administrator(&app).post("/api/webhooks", &webhook).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["code"], "private_target");
}

#[tokio::test]
async fn channels_are_for_administrators_and_operations() {
    let app = live().await;
    acting_as(&app, REP).get("/api/channels").await.refused(403, "forbidden");
    app.person(Role::Operations, "/").get("/api/channels").await.ok();
}
