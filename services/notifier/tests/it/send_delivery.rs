use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::Duration;
use contracts::Timestamp;
use contracts::collections::v1::JourneyAdvanced;
use contracts::lead_routing::v1::{LeadReminderDue, LeadUnassignedOverdue};
use contracts::notifier::v1::{NotificationFailed, NotificationSent};
use hmac::{Hmac, KeyInit, Mac};
use notifier::domain::backoff::RETRY_AFTER_SECONDS;
use serde_json::json;
use sha2::Sha256;
use testkit::{HttpSink, MailSink, TestApp};

use crate::support::{
    COMPANY, CUSTOMER, MANAGER, ORG, REP, SECOND_MANAGER, administrator, inbox, live, message_in, only_rule, set_up,
};

async fn remind(app: &TestApp) {
    let lead = app.ids.new_id();
    app.publish(&LeadReminderDue { lead_id: lead.to_string(), rep_id: REP.to_string(), org: ORG.into() }, lead, 1)
        .await;
}

async fn overdue(app: &TestApp) {
    let lead = app.ids.new_id();
    let event = LeadUnassignedOverdue {
        lead_id: lead.to_string(),
        org: ORG.into(),
        received_at: Some(Timestamp { seconds: 1_800_000_000, nanos: 0 }),
    };
    app.publish(&event, lead, 1).await;
}

async fn only_sms(app: &TestApp) {
    only_rule(
        app,
        json!({ "event": "lead.reminder_due.v1", "audience": [{ "person": "repId" }],
        "template": "lead_reminder_due", "channels": ["sms"] }),
    )
    .await;
}

/// The outgoing message has failed `attempts` times and waits.
async fn waits_after(app: &TestApp, attempts: i64) {
    let administrator = administrator(app);
    let administrator = &administrator;
    app.eventually("the message waits for its next attempt", async || {
        let page = administrator.get("/api/outbox-messages?state=queued").await.ok();
        (page["items"][0]["attempts"] == attempts).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_fails_is_tried_again_until_it_takes_the_message_once() {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "sms", &provider).await;
    only_sms(&app).await;
    provider.answer(200, json!({ "id": "sms-77" }));
    provider.fail_next(2, 500);
    remind(&app).await;
    waits_after(&app, 1).await;
    app.clock.advance(Duration::seconds(11)).expect("movable");
    waits_after(&app, 2).await;
    app.clock.advance(Duration::seconds(31)).expect("movable");
    let sent = message_in(&app, "sent").await;
    assert_eq!((&sent["attempts"], &sent["receipt"]), (&3.into(), &"sms-77".into()));
    let log: Vec<_> = sent["log"].as_array().expect("a log").iter().map(|attempt| attempt["outcome"].clone()).collect();
    assert_eq!(log, ["http_status", "http_status", "sent"]);

    let requests = provider.at_least(3).await;
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|request| request.header("idempotency-key") == requests[0].header("idempotency-key")));
    assert_eq!(requests[2].header("authorization"), "Bearer t0ken");
    let body = requests[2].json();
    assert_eq!((&body["kind"], &body["to"]), (&"sms".into(), &"139000000161".into()));
    assert!(body["text"].as_str().is_some_and(|text| text.contains(COMPANY) && text.contains("/leads/")));
    let events = app.events::<NotificationSent>(2).await;
    assert_eq!(events.iter().filter(|event| event.channel == "sms").count(), 1);
    assert_eq!(app.count_events::<NotificationSent>().await, 2);
}

#[tokio::test]
async fn what_a_sender_left_behind_is_sent_when_its_lease_has_run_out() {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "sms", &provider).await;
    only_sms(&app).await;
    provider.fail_next(1, 500);
    remind(&app).await;
    waits_after(&app, 1).await;
    // As if a sender had claimed it and been killed.
    let claimed = "update notifier.deliveries set state = 'sending', attempts = 2, next_attempt_at = next_attempt_at + interval '80 s'";
    sqlx::query(claimed).execute(&mut app.admin().await).await.expect("claimed");
    app.clock.advance(Duration::seconds(91)).expect("movable");
    assert_eq!(message_in(&app, "sent").await["attempts"], 3);
    assert_eq!(provider.requests().len(), 2);
}

#[tokio::test]
async fn a_call_is_a_request_to_the_voice_provider() {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "voice", &provider).await;
    remind(&app).await;
    let body = provider.at_least(1).await[0].json();
    assert_eq!((&body["kind"], &body["language"]), (&"voice".into(), &"zh-CN".into()));
    assert!(!body["text"].as_str().expect("a text").contains("http"), "a link cannot be read out");
}

#[tokio::test]
async fn what_keeps_failing_dies_visibly_and_can_be_replayed() {
    let (app, provider) = (live().await, HttpSink::start().await);
    set_up(&app, "sms", &provider).await;
    only_sms(&app).await;
    provider.fail_next(RETRY_AFTER_SECONDS.len() + 1, 503);
    remind(&app).await;
    for (attempt, pause) in (1..).zip(RETRY_AFTER_SECONDS) {
        waits_after(&app, attempt).await;
        app.clock.advance(Duration::seconds(pause)).expect("movable");
    }
    let dead = message_in(&app, "dead").await;
    assert_eq!(dead["last_error"], "http_status: answered with status 503");
    assert_eq!((&dead["recipient_kind"], &dead["recipient_id"]), (&json!("person"), &json!(REP)));
    let failed: NotificationFailed = app.event().await;
    assert_eq!((failed.channel.as_str(), failed.attempts), ("sms", 8));

    let path = format!("/api/outbox-messages/{}/replay", dead["id"].as_str().expect("an id"));
    crate::support::acting_as(&app, REP).post(&path, &json!({})).await.refused(403, "forbidden");
    let administrator = administrator(&app);
    assert_eq!(administrator.post(&path, &json!({})).await.ok()["state"], "queued");
    assert_eq!(message_in(&app, "sent").await["id"], dead["id"]);
    administrator.post(&path, &json!({})).await.refused(409, "not_replayable");
    let nowhere = format!("/api/outbox-messages/{}/replay", app.ids.new_id());
    administrator.post(&nowhere, &json!({})).await.refused(404, "message_not_found");
}

#[tokio::test]
async fn dingtalk_is_signed_and_a_group_hears_once() {
    let (app, robot) = (live().await, HttpSink::start().await);
    robot.answer(200, json!({ "errcode": 0, "errmsg": "ok" }));
    set_up(&app, "dingtalk", &robot).await;
    overdue(&app).await;
    inbox(&app, SECOND_MANAGER, 1).await;
    message_in(&app, "sent").await;
    let requests = robot.requests();
    assert_eq!(requests.len(), 1, "two managers, one group");

    let target = url::Url::parse(&format!("http://robot{}", requests[0].target)).expect("a URL");
    let query: std::collections::HashMap<_, _> = target.query_pairs().into_owned().collect();
    assert_eq!(query["access_token"], "k");
    assert_eq!(query["timestamp"], app.clock.now().timestamp_millis().to_string());
    let mut mac = Hmac::<Sha256>::new_from_slice(b"SECabc").expect("a key");
    mac.update(format!("{}\nSECabc", query["timestamp"]).as_bytes());
    assert_eq!(query["sign"], BASE64_STANDARD.encode(mac.finalize().into_bytes()));
    let body = requests[0].json();
    assert_eq!(body["msgtype"], "markdown");
    assert!(body["markdown"]["text"].as_str().is_some_and(|text| text.contains(COMPANY)));
}

#[tokio::test]
async fn a_robot_that_refuses_is_replaced_by_the_next_channel_for_everybody() {
    let (app, robots, mails) = (live().await, HttpSink::start().await, MailSink::start().await);
    robots.answer_at("/dingtalk", 200, json!({ "errcode": 310_000, "errmsg": "sign not match" }));
    robots.answer_at("/wecom", 200, json!({ "errcode": 93_000, "errmsg": "invalid webhook url" }));
    set_up(&app, "dingtalk", &robots).await;
    set_up(&app, "wecom", &robots).await;
    set_up_mail(&app, &mails).await;
    overdue(&app).await;
    let mut to: Vec<_> = mails.at_least(2).await.into_iter().flat_map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, [address(MANAGER), address(SECOND_MANAGER)]);
    assert_eq!(robots.requests().len(), 2);
    let failed = app.events::<NotificationFailed>(2).await;
    assert_eq!(failed[0].reason, "robot_refused: errcode 310000");
    assert_eq!(failed[1].reason, "robot_refused: errcode 93000");
}

fn address(person: uuid::Uuid) -> String {
    format!("p{:x}@example.com", person.as_u128() & 0xff)
}

async fn set_up_mail(app: &TestApp, mails: &MailSink) {
    let settings = json!({ "host": "127.0.0.1", "port": mails.port(), "from": "Sluice <sluice@example.com>", "tls": "none",
        "username": "sluice", "password": "secret" });
    administrator(app).put("/api/channels/email", &json!({ "settings": settings })).await.ok();
}

#[tokio::test]
async fn mail_is_sent_over_smtp_and_a_full_mailbox_is_tried_again() {
    let (app, mails) = (live().await, MailSink::start().await);
    set_up_mail(&app, &mails).await;
    only_rule(
        &app,
        json!({ "event": "lead.reminder_due.v1", "audience": [{ "person": "repId" }],
        "template": "lead_reminder_due", "channels": ["email"] }),
    )
    .await;
    mails.fail_next(1, 452);
    remind(&app).await;
    waits_after(&app, 1).await;
    app.clock.advance(Duration::seconds(11)).expect("movable");
    let mail = mails.at_least(1).await.remove(0);
    assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("sluice@example.com", [address(REP)].as_slice()));
    let sent = message_in(&app, "sent").await;
    let id = sent["id"].as_str().expect("an id");
    assert!(mail.text.contains(&format!("Message-ID: <{id}@example.com>")), "{}", mail.text);
    assert_eq!(sent["log"][0]["status"], 452);

    mails.fail_next(1, 550);
    remind(&app).await;
    let dead = message_in(&app, "dead").await;
    assert_eq!((&dead["attempts"], &dead["last_error"]), (&1.into(), &"smtp: the mail server answered 550".into()));
}

#[tokio::test]
async fn a_customers_message_without_a_provider_dies_visibly_and_goes_out_when_one_is_set_up() {
    let (app, provider) = (live().await, HttpSink::start().await);
    let receivable = app.ids.new_id();
    let advanced = JourneyAdvanced {
        receivable_id: receivable.to_string(),
        customer_id: CUSTOMER.to_string(),
        from: 1,
        to: 2,
        owner_id: REP.to_string(),
        org: ORG.into(),
        expected_payment_at: Some(Timestamp { seconds: 1_800_000_000, nanos: 0 }),
    };
    app.publish(&advanced, receivable, 1).await;
    let dead = message_in(&app, "dead").await;
    assert_eq!(dead["last_error"], "channel_not_configured: no provider is set up for this channel");
    set_up(&app, "sms", &provider).await;
    let path = format!("/api/outbox-messages/{}/replay", dead["id"].as_str().expect("an id"));
    administrator(&app).post(&path, &json!({})).await.ok();
    assert_eq!(provider.at_least(1).await[0].json()["to"], "13800000001");
}
