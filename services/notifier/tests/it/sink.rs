use contracts::Timestamp;
use contracts::lead_routing::v1::{LeadReminderDue, LeadUnassignedOverdue};
use contracts::notifier::v1::NotificationSent;
use kernel::Role;

use crate::support::{COMPANY, ORG, REP, acting_as, administrator, in_sink_mode};

#[tokio::test]
async fn in_development_every_outgoing_message_ends_in_the_sink() {
    let app = in_sink_mode().await;
    let lead = app.ids.new_id();
    app.publish(&LeadReminderDue { lead_id: lead.to_string(), rep_id: REP.to_string(), org: ORG.into() }, lead, 1)
        .await;
    let overdue = LeadUnassignedOverdue {
        lead_id: lead.to_string(),
        org: ORG.into(),
        received_at: Some(Timestamp { seconds: 1_800_000_000, nanos: 0 }),
    };
    app.publish(&overdue, lead, 2).await;
    let administrator = administrator(&app);
    let messages = app
        .eventually("two messages in the sink", async || {
            let page = administrator.get("/api/outbox-messages/sink").await.ok();
            page["items"].as_array().filter(|items| items.len() == 2).cloned()
        })
        .await;
    let of = |channel: &str| messages.iter().find(|message| message["channel"] == channel).expect("a message");
    assert_eq!(of("voice")["title"], format!("线索待首触：{COMPANY}"));
    assert_eq!(of("voice")["link"], format!("http://localhost:8080/leads/{lead}"));
    assert!(of("voice")["address"].as_str().is_some_and(|address| address.contains("****")));
    assert!(of("dingtalk")["address"].is_null(), "a robot has no address");
    let channels: Vec<_> = app.events::<NotificationSent>(5).await.into_iter().map(|event| event.channel).collect();
    assert_eq!(channels.iter().filter(|channel| *channel == "in_app").count(), 3);

    // No address stands in any table of the service.
    let stored: i64 = sqlx::query_scalar(
        "select count(*) from notifier.sink_messages s where s::text like '%13900000%' or s::text like '%@example.com%'",
    )
    .fetch_one(&mut app.admin().await)
    .await
    .expect("counted");
    assert_eq!(stored, 0);
}

#[tokio::test]
async fn the_sink_is_for_those_who_look_after_channels() {
    let app = in_sink_mode().await;
    for path in ["/api/outbox-messages/sink", "/api/outbox-messages"] {
        acting_as(&app, REP).get(path).await.refused(403, "forbidden");
        app.person(Role::Operations, "/").get(path).await.ok();
    }
}
