//! Every change of settings is in the journal, by whom, without secrets, addresses or personal data.

use contracts::collections::v1::JourneyAdvanced;
use contracts::notifier::v1::WebhookCreated;
use serde_json::{Value, json};

use crate::support::{CUSTOMER, REP, acting_as, administrator, in_sink_mode, live, message_in, recorded};

fn told(records: &[Value]) -> Vec<(&str, u64)> {
    let kind = |at: usize| records[at]["type"].as_str().expect("a type");
    (0..records.len()).map(|at| (kind(at), records[at]["version"].as_u64().expect("a version"))).collect()
}

#[tokio::test]
async fn rules_are_told_from_setting_to_resetting() {
    let app = in_sink_mode().await;
    let administrator = administrator(&app);
    let rules = json!({ "rules": [] });
    administrator.delete("/api/channels/rules").await.ok();
    administrator.put("/api/channels/rules", &rules).await.ok();
    administrator.put("/api/channels/rules", &rules).await.ok();
    administrator.delete("/api/channels/rules").await.ok();
    administrator.put("/api/channels/rules", &rules).await.ok();

    let records = recorded(&app, "rule_set.%").await;
    let expected = [("rule_set.set.v1", 1), ("rule_set.set.v1", 2), ("rule_set.reset.v1", 3), ("rule_set.set.v1", 1)];
    assert_eq!(told(&records), expected);
    assert_ne!(records[3]["aggregate_id"], records[0]["aggregate_id"]);
    assert_eq!(records[0]["data"]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(records[0]["actor"]["id"], administrator.id().to_string());
}

#[tokio::test]
async fn a_channels_settings_are_told_without_what_they_hold() {
    let app = live().await;
    let administrator = administrator(&app);
    let settings = json!({ "url": "https://sms.example.com/send", "token": "t0p-secret" });
    administrator.put("/api/channels/sms", &json!({ "settings": settings })).await.ok();
    let moved = json!({ "enabled": false, "settings": { "url": "https://sms.example.com/v2" } });
    administrator.put("/api/channels/sms", &moved).await.ok();
    administrator.delete("/api/channels/sms").await.ok();

    let records = recorded(&app, "channel.%").await;
    assert_eq!(told(&records), [("channel.configured.v1", 1), ("channel.configured.v1", 2), ("channel.reset.v1", 3)]);
    assert_eq!((&records[0]["from"], &records[0]["to"]), (&json!("none"), &json!("on")));
    assert_eq!((&records[1]["from"], &records[1]["to"]), (&json!("on"), &json!("off")));
    assert_eq!(
        (&records[0]["data"]["replaced"], &records[0]["data"]["secrets"]),
        (&json!(["token"]), &json!(["token"]))
    );
    assert_eq!((&records[1]["data"]["replaced"], &records[1]["data"]["secrets"]), (&Value::Null, &json!(["token"])));
    let text = Value::Array(records).to_string();
    assert!(!text.contains("t0p-secret") && !text.contains("sms.example.com"), "{text}");
}

#[tokio::test]
async fn a_webhook_is_told_from_creation_to_removal() {
    let app = live().await;
    let administrator = administrator(&app);
    let body = json!({ "url": "https://erp.example.com/in?key=hidden", "event_types": ["lead.*"] });
    let id = administrator.post("/api/webhooks", &body).await.id();
    let path = format!("/api/webhooks/{id}");
    let off = json!({ "url": "https://erp.example.com/v2", "event_types": ["*"], "enabled": false });
    administrator.put(&path, &off).await.ok();
    administrator.post(&format!("{path}/rotate-secret"), &json!({})).await.ok();
    assert_eq!(administrator.delete(&path).await.status, 204);

    let records = recorded(&app, "webhook.%").await;
    let expected = [
        ("webhook.created.v1", 1),
        ("webhook.changed.v1", 2),
        ("webhook.secret_rotated.v1", 3),
        ("webhook.removed.v1", 4),
    ];
    assert_eq!(told(&records), expected);
    assert_eq!((&records[1]["from"], &records[1]["to"]), (&json!("on: lead.*"), &json!("off: *")));
    assert_eq!(records[0]["evidence"][0]["name"], "commitment:url");
    let text = Value::Array(records).to_string();
    assert!(!text.contains("erp.example.com") && !text.contains("whsec_"), "{text}");
    assert_eq!(app.event::<WebhookCreated>().await.webhook_id, id.to_string());
}

#[tokio::test]
async fn a_persons_wishes_are_told() {
    let app = in_sink_mode().await;
    let rep = acting_as(&app, REP);
    rep.put("/api/notifications/preferences", &json!({ "channels_off": ["sms"] })).await.ok();
    rep.put("/api/notifications/preferences", &json!({})).await.ok();
    let records = recorded(&app, "preferences.%").await;
    assert_eq!(told(&records), [("preferences.changed.v1", 1), ("preferences.changed.v1", 2)]);
    assert_eq!((&records[0]["data"]["channelsOff"], &records[0]["actor"]["id"]), (&json!(["sms"]), &json!(REP)));
}

#[tokio::test]
async fn what_is_kept_for_a_customer_and_sent_again_is_told() {
    let app = live().await;
    let receivable = app.ids.new_id();
    let advanced = JourneyAdvanced {
        receivable_id: receivable.to_string(),
        customer_id: CUSTOMER.to_string(),
        to: 2,
        ..JourneyAdvanced::default()
    };
    app.publish(&advanced, receivable, 1).await;
    let dead = message_in(&app, "dead").await;
    let replay = format!("/api/outbox-messages/{}/replay", dead["id"].as_str().expect("an id"));
    administrator(&app).post(&replay, &json!({})).await.ok();
    let records = recorded(&app, "notification.%").await;
    let expected = [("notification.planned.v1", 1), ("notification.failed.v1", 2), ("notification.replayed.v1", 3)];
    assert_eq!(told(&records)[..3], expected);
    assert_eq!(records[0]["data"]["recipientId"], CUSTOMER.to_string());
    assert_eq!((&records[2]["from"], &records[2]["to"]), (&json!("dead"), &json!("queued")));
}
