use chrono::Duration;
use contracts::crm::v1::RepurchaseDue;
use contracts::lead_routing::v1::LeadReminderDue;
use kernel::Text;
use serde_json::{Value, json};
use testkit::{HttpSink, TestApp};

use crate::support::{COMPANY, CUSTOMER, ORG, REP, acting_as, inbox, live, message_in, only_rule, set_up};

/// Tests begin on a Monday at 09:00 in Shanghai.
async fn quiet_morning(preferences: Value) -> (TestApp, HttpSink) {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "sms", &provider).await;
    set_up(&app, "voice", &provider).await;
    acting_as(&app, REP).put("/api/notifications/preferences", &preferences).await.ok();
    (app, provider)
}

async fn repurchase_due(app: &TestApp) {
    let due = RepurchaseDue {
        customer_id: CUSTOMER.to_string(),
        company: COMPANY.into(),
        owner_id: REP.to_string(),
        org: ORG.into(),
        reason: Some(Text::new("距上次采购满 11 个月", "11 months since the last order").into()),
        ..RepurchaseDue::default()
    };
    app.publish(&due, CUSTOMER, 1).await;
}

#[tokio::test]
async fn a_message_waits_for_the_end_of_quiet_hours() {
    let (app, provider) = quiet_morning(json!({ "quiet_hours": { "from": "08:00", "to": "10:30" } })).await;
    repurchase_due(&app).await;
    inbox(&app, REP, 1).await;
    let waiting = message_in(&app, "queued").await;
    assert_eq!(waiting["next_attempt_at"], "2027-01-04T02:30:00Z");
    assert!(provider.requests().is_empty());
    app.clock.advance(Duration::minutes(91)).expect("movable");
    assert_eq!(provider.at_least(1).await[0].json()["kind"], "sms");
}

#[tokio::test]
async fn urgent_messages_pass_unless_the_person_says_otherwise() {
    let lead = uuid::Uuid::from_u128(7);
    let reminder = LeadReminderDue { lead_id: lead.to_string(), rep_id: REP.to_string(), org: ORG.into() };
    let quiet = json!({ "from": "08:00", "to": "10:30" });
    let (app, provider) = quiet_morning(json!({ "quiet_hours": quiet })).await;
    app.publish(&reminder, lead, 1).await;
    assert_eq!(provider.at_least(1).await[0].json()["kind"], "voice");

    let (app, provider) = quiet_morning(json!({ "quiet_hours": quiet, "urgent_bypass": false })).await;
    app.publish(&reminder, lead, 1).await;
    message_in(&app, "queued").await;
    assert!(provider.requests().is_empty());
}

#[tokio::test]
async fn a_channel_switched_off_is_passed_over() {
    let (app, provider) = quiet_morning(json!({ "channels_off": ["voice"] })).await;
    let lead = app.ids.new_id();
    app.publish(&LeadReminderDue { lead_id: lead.to_string(), rep_id: REP.to_string(), org: ORG.into() }, lead, 1)
        .await;
    assert_eq!(provider.at_least(1).await[0].json()["kind"], "sms");
    acting_as(&app, REP).put("/api/notifications/preferences", &json!({ "channels_off": ["voice", "sms"] })).await.ok();
    only_rule(
        &app,
        json!({ "event": "customer.repurchase_due.v1", "audience": [{ "person": "ownerId" }],
        "template": "customer_repurchase_due", "channels": ["sms"] }),
    )
    .await;
    repurchase_due(&app).await;
    inbox(&app, REP, 2).await;
    assert_eq!(provider.requests().len(), 1);
}

#[tokio::test]
async fn preferences_are_checked_and_shown() {
    let app = live().await;
    let rep = acting_as(&app, REP);
    let path = "/api/notifications/preferences";
    assert_eq!(rep.get(path).await.ok(), json!({ "channels_off": [], "quiet_hours": null, "urgent_bypass": true }));
    let wanted =
        json!({ "channels_off": ["email"], "quiet_hours": { "from": "22:00", "to": "07:00" }, "urgent_bypass": false });
    assert_eq!(rep.put(path, &wanted).await.ok(), wanted);
    assert_eq!(rep.get(path).await.ok(), wanted);
    let wrong = json!({ "channels_off": ["in_app"], "quiet_hours": { "from": "25:00", "to": "7" } });
    let problem = rep.put(path, &wrong).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3));
    let empty = json!({ "quiet_hours": { "from": "07:00", "to": "07:00" } });
    rep.put(path, &empty).await.refused(400, "invalid_request");
}
