use contracts::crm::v1::RepurchaseDue;
use contracts::notifier::v1::NotificationAcknowledged;
use kernel::Text;
use serde_json::{Value, json};
use testkit::TestApp;
use uuid::Uuid;

use crate::support::{COMPANY, CUSTOMER, MANAGER, ORG, REP, acting_as, in_sink_mode, inbox};

async fn told() -> (TestApp, Uuid) {
    let app = in_sink_mode().await;
    let due = RepurchaseDue {
        customer_id: CUSTOMER.to_string(),
        company: COMPANY.into(),
        owner_id: REP.to_string(),
        org: ORG.into(),
        reason: Some(Text::new("距上次采购满 11 个月", "11 months since the last order").into()),
        ..RepurchaseDue::default()
    };
    app.publish(&due, CUSTOMER, 1).await;
    let id = inbox(&app, REP, 1).await[0]["id"].as_str().expect("an id").parse().expect("a uuid");
    (app, id)
}

#[tokio::test]
async fn acknowledging_twice_leaves_one_event() {
    let (app, id) = told().await;
    let rep = acting_as(&app, REP);
    let path = format!("/api/notifications/{id}/acknowledge");
    let first = rep.post(&path, &json!({})).await.ok();
    assert!(!first["acknowledged_at"].is_null());
    assert_eq!(rep.post(&path, &json!({})).await.ok()["acknowledged_at"], first["acknowledged_at"]);
    let event: NotificationAcknowledged = app.event().await;
    assert_eq!(event.recipient_id, REP.to_string());
    let unread = rep.get("/api/notifications?unread=true").await.ok();
    assert_eq!(unread["items"], json!([]));
    assert_eq!(rep.get("/api/notifications").await.ok()["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(app.count_events::<NotificationAcknowledged>().await, 1);
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer() {
    let (app, id) = told().await;
    let rep = acting_as(&app, REP);
    let path = format!("/api/notifications/{id}/acknowledge");
    let first = rep.post_once("k1", &path, &json!({})).await;
    let again = rep.post_once("k1", &path, &json!({})).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.ok(), first.ok());
}

#[tokio::test]
async fn nobody_reads_or_acknowledges_for_somebody_else() {
    let (app, id) = told().await;
    let manager = acting_as(&app, MANAGER);
    assert_eq!(manager.get("/api/notifications").await.ok()["items"], json!([]));
    manager.get(&format!("/api/notifications/{id}")).await.refused(404, "notification_not_found");
    manager.post(&format!("/api/notifications/{id}/acknowledge"), &json!({})).await.refused(403, "forbidden");
    let nowhere = format!("/api/notifications/{}/acknowledge", app.ids.new_id());
    manager.post(&nowhere, &json!({})).await.refused(404, "notification_not_found");
}

#[tokio::test]
async fn a_message_shows_the_receipts_of_its_channels() {
    let (app, id) = told().await;
    let rep = acting_as(&app, REP);
    let (rep, path) = (&rep, &format!("/api/notifications/{id}"));
    let shown: Value = app
        .eventually("the short message is sent", async || {
            let shown = rep.get(path).await.ok();
            (shown["deliveries"][0]["state"] == "sent").then_some(shown)
        })
        .await;
    assert_eq!(shown["deliveries"][0]["channel"], "sms");
    assert_eq!(shown["deliveries"][0]["log"][0]["outcome"], "sent");
    assert_eq!(shown["link"], format!("/customers/{CUSTOMER}"));
}
