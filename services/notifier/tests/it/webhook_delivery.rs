use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::Duration;
use contracts::lead_routing::v1::{LeadReceived, LeadTouched};
use contracts::notifier::v1::NotificationSent;
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Principal, PrincipalKind, Role};
use serde_json::{Value, json};
use sha2::Sha256;
use testkit::{Client, HttpSink, Received, TENANT, TestApp};
use uuid::Uuid;

use crate::support::{ORG, administrator, live};

async fn subscribe(client: &Client, sink: &HttpSink, event_types: Value) -> (Uuid, String) {
    let body = json!({ "url": format!("{}/hook", sink.url()), "event_types": event_types });
    let created = client.post("/api/webhooks", &body).await.ok();
    let id = created["id"].as_str().expect("an id").parse().expect("a uuid");
    (id, created["secret"].as_str().expect("a secret").to_owned())
}

async fn receive_lead(app: &TestApp, org: &str) -> Uuid {
    let lead = app.ids.new_id();
    let received =
        LeadReceived {
            lead_id: lead.to_string(), company: "晨光".into(), org: org.into(), ..LeadReceived::default()
        };
    app.publish(&received, lead, 1).await;
    lead
}

/// Verifies as a receiver would: from the specification, without the service's code.
fn is_signed(request: &Received, secret: &str) -> bool {
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").expect("a prefix")).expect("base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key");
    mac.update(request.header("webhook-id").as_bytes());
    mac.update(b".");
    mac.update(request.header("webhook-timestamp").as_bytes());
    mac.update(b".");
    mac.update(&request.body);
    let expected = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
    request.header("webhook-signature").split(' ').any(|signature| signature == expected)
}

/// The newest delivery of a webhook, once it is in this state.
async fn delivery_in(app: &TestApp, client: &Client, webhook: Uuid, state: &str) -> Value {
    let path = &format!("/api/webhooks/{webhook}/deliveries");
    app.eventually(&format!("a {state} delivery"), async || {
        let page = client.get(path).await.ok();
        (page["items"][0]["state"] == state).then(|| page["items"][0].clone())
    })
    .await
}

#[tokio::test]
async fn an_event_reaches_its_subscriber_signed() {
    let (app, sink) = (live().await, HttpSink::start().await);
    let administrator = administrator(&app);
    let (webhook, secret) = subscribe(&administrator, &sink, json!(["lead.received.v1"])).await;
    let lead = receive_lead(&app, ORG).await;
    let request = sink.at_least(1).await.remove(0);
    assert!(is_signed(&request, &secret));
    assert!(!is_signed(&request, "whsec_AAAA"));
    assert_eq!(request.header("webhook-timestamp"), app.clock.now().timestamp().to_string());
    assert!(request.header("webhook-id").starts_with("msg_"));
    let body = request.json();
    assert_eq!(
        (&body["type"], &body["timestamp"]),
        (&"lead.received.v1".into(), &"2027-01-04T01:00:00.000000Z".into())
    );
    assert_eq!(body["data"]["leadId"], lead.to_string());
    delivery_in(&app, &administrator, webhook, "sent").await;
    let sent: NotificationSent = app.event().await;
    assert_eq!((sent.channel.as_str(), sent.recipient_id), ("webhook", webhook.to_string()));
}

#[tokio::test]
async fn only_what_was_asked_for_is_sent() {
    let (app, sink) = (live().await, HttpSink::start().await);
    subscribe(&administrator(&app), &sink, json!(["lead.touched.v1"])).await;
    let lead = receive_lead(&app, ORG).await;
    app.publish(&LeadTouched { lead_id: lead.to_string(), ..LeadTouched::default() }, lead, 2).await;
    assert_eq!(sink.at_least(1).await[0].json()["type"], "lead.touched.v1");
    assert_eq!(sink.requests().len(), 1);
}

#[tokio::test]
async fn a_dealer_receives_what_happened_at_its_own_node() {
    let (app, sink) = (live().await, HttpSink::start().await);
    let dealer = app.principal(Principal {
        kind: PrincipalKind::ApiClient,
        tenant: TENANT,
        id: app.ids.new_id(),
        org: "/huadong/hefei-dealer/".parse().expect("an organisation path"),
        roles: vec![Role::Dealer],
        stepped_up_until: None,
    });
    subscribe(&dealer, &sink, json!(["*"])).await;
    receive_lead(&app, "/huadong/").await;
    let lead = receive_lead(&app, "/huadong/hefei-dealer/").await;
    // Without a node: for the root only.
    app.publish(&LeadTouched { lead_id: lead.to_string(), ..LeadTouched::default() }, lead, 2).await;
    assert_eq!(sink.at_least(1).await[0].json()["data"]["leadId"], lead.to_string());
    assert_eq!(sink.requests().len(), 1);
}

#[tokio::test]
async fn failures_are_logged_tried_again_and_replayed_under_one_id() {
    let (app, sink) = (live().await, HttpSink::start().await);
    let administrator = administrator(&app);
    let (webhook, secret) = subscribe(&administrator, &sink, json!(["lead.*"])).await;
    sink.answer(404, json!({ "error": "no route" }));
    receive_lead(&app, ORG).await;
    let waiting = app
        .eventually("a logged failure", async || {
            let page = administrator.get(&format!("/api/webhooks/{webhook}/deliveries")).await.ok();
            (page["items"][0]["log"][0]["outcome"] == "http_status").then(|| page["items"][0].clone())
        })
        .await;
    assert_eq!(waiting["state"], "queued");
    assert_eq!(
        (&waiting["log"][0]["status"], &waiting["log"][0]["excerpt"]),
        (&404.into(), &r#"{"error":"no route"}"#.into())
    );
    sink.answer(204, json!({}));
    app.clock.advance(Duration::seconds(11)).expect("movable");
    let sent = delivery_in(&app, &administrator, webhook, "sent").await;

    let replay = format!("/api/webhooks/{webhook}/deliveries/{}/replay", sent["id"].as_str().expect("an id"));
    assert_eq!(administrator.post(&replay, &json!({})).await.ok()["state"], "queued");
    let requests = sink.at_least(3).await;
    assert!(requests.iter().all(|request| is_signed(request, &secret)));
    assert!(requests.iter().all(|request| request.header("webhook-id") == requests[0].header("webhook-id")));
    assert!(requests.iter().all(|request| request.body == requests[0].body));
    let other = format!("/api/webhooks/{webhook}/deliveries/{}/replay", app.ids.new_id());
    administrator.post(&other, &json!({})).await.refused(404, "message_not_found");
}

#[tokio::test]
async fn after_a_rotation_both_secrets_sign_for_a_day() {
    let (app, sink) = (live().await, HttpSink::start().await);
    let administrator = administrator(&app);
    let (webhook, old) = subscribe(&administrator, &sink, json!(["lead.*"])).await;
    let rotated = administrator.post(&format!("/api/webhooks/{webhook}/rotate-secret"), &json!({})).await.ok();
    let new = rotated["secret"].as_str().expect("a secret");
    receive_lead(&app, ORG).await;
    let request = sink.at_least(1).await.remove(0);
    assert!(is_signed(&request, &old) && is_signed(&request, new));
    app.clock.advance(Duration::hours(25)).expect("movable");
    receive_lead(&app, ORG).await;
    let request = sink.at_least(2).await.remove(1);
    assert!(!is_signed(&request, &old) && is_signed(&request, new));
}

#[tokio::test]
async fn an_endpoint_that_is_gone_is_switched_off() {
    let (app, sink) = (live().await, HttpSink::start().await);
    let administrator = administrator(&app);
    let (webhook, _) = subscribe(&administrator, &sink, json!(["lead.*"])).await;
    sink.answer(410, json!({}));
    receive_lead(&app, ORG).await;
    delivery_in(&app, &administrator, webhook, "dead").await;
    assert_eq!(administrator.get(&format!("/api/webhooks/{webhook}")).await.ok()["enabled"], false);
    receive_lead(&app, ORG).await;
    assert_eq!(sink.requests().len(), 1);
}
