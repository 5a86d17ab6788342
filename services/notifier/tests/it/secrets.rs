//! Secrets of providers and webhooks are nowhere in the database as text, and still work.

use contracts::lead_routing::v1::LeadReminderDue;
use serde_json::{Value, json};
use testkit::{HttpSink, TestApp};

use crate::support::{ORG, REP, administrator, live, only_rule, set_up};

/// Every row of every table that could hold a secret; binary columns as hexadecimal text.
async fn everything(app: &TestApp) -> String {
    let rows: Vec<String> = sqlx::query_scalar(
        "select to_jsonb(c)::text from notifier.channel_settings c
         union all select to_jsonb(w)::text from notifier.webhooks w
         union all select to_jsonb(a)::text from notifier.commands a
         union all select to_jsonb(j)::text from notifier.journal j",
    )
    .fetch_all(&mut app.admin().await)
    .await
    .expect("rows");
    rows.join("\n")
}

fn is_in(text: &str, secret: &str) -> bool {
    text.contains(secret) || text.contains(&hex::encode(secret))
}

async fn remind(app: &TestApp) {
    let lead = app.ids.new_id();
    let due = LeadReminderDue { lead_id: lead.to_string(), rep_id: REP.to_string(), org: ORG.into() };
    app.publish(&due, lead, 1).await;
}

#[tokio::test]
async fn a_providers_secret_is_sealed_kept_and_used() {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "sms", &provider).await;
    let administrator = administrator(&app);
    let moved = json!({ "settings": { "url": format!("{}/moved", provider.url()) } });
    administrator.put("/api/channels/sms", &moved).await.ok();
    only_rule(
        &app,
        json!({ "event": "lead.reminder_due.v1", "audience": [{ "person": "repId" }],
            "template": "lead_reminder_due", "channels": ["sms"] }),
    )
    .await;
    remind(&app).await;
    let request = provider.at_least(1).await.remove(0);
    assert_eq!((request.target.as_str(), request.header("authorization")), ("/moved", "Bearer t0ken"));
    assert!(!is_in(&everything(&app).await, "t0ken"));
}

#[tokio::test]
async fn a_webhooks_secrets_are_sealed_and_told_once() {
    let app = live().await;
    let administrator = administrator(&app);
    let body = json!({ "url": "https://erp.example.com/in", "event_types": ["*"] });
    let created = administrator.post_once("w1", "/api/webhooks", &body).await.ok();
    let again = administrator.post_once("w1", "/api/webhooks", &body).await.ok();
    assert_eq!((&again["id"], &again["secret"]), (&created["id"], &Value::Null));
    let rotate = format!("/api/webhooks/{}/rotate-secret", created["id"].as_str().expect("an id"));
    let rotated = administrator.post_once("w2", &rotate, &json!({})).await.ok();
    let stored = everything(&app).await;
    for answer in [created, rotated] {
        assert!(!is_in(&stored, answer["secret"].as_str().expect("shown this once")));
    }
}

/// As after the key in the configuration was changed by mistake.
#[tokio::test]
async fn what_another_key_sealed_says_so_and_can_be_set_up_again() {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "sms", &provider).await;
    let broken = "update notifier.channel_settings set sealed = '\\x00112233445566778899aabbccddeeff'";
    sqlx::query(broken).execute(&mut app.admin().await).await.expect("altered");
    let administrator = administrator(&app);
    let channels = administrator.get("/api/channels").await.ok();
    let sms = channels.as_array().expect("channels").iter().find(|channel| channel["channel"] == "sms");
    assert_eq!(sms.expect("sms")["secrets"], json!([]));
    let without = json!({ "settings": { "url": format!("{}/sms", provider.url()) } });
    administrator.put("/api/channels/sms", &without).await.refused(400, "invalid_request");
    set_up(&app, "sms", &provider).await;
    assert_eq!(administrator.put("/api/channels/sms", &without).await.ok()["secrets"], json!(["token"]));
}
