use chrono::Duration;
use contracts::Timestamp;
use contracts::lead_routing::v1::LeadUnassignedOverdue;
use serde_json::json;
use testkit::TestApp;

use crate::support::{COMPANY, DIRECTOR, MANAGER, ORG, SECOND_MANAGER, acting_as, in_sink_mode, inbox};

async fn overdue() -> TestApp {
    let app = in_sink_mode().await;
    let lead = app.ids.new_id();
    let event = LeadUnassignedOverdue {
        lead_id: lead.to_string(),
        org: ORG.into(),
        received_at: Some(Timestamp { seconds: 1_800_000_000, nanos: 0 }),
    };
    app.publish(&event, lead, 1).await;
    app
}

#[tokio::test]
async fn what_nobody_acknowledged_is_told_to_the_next_role_once() {
    let app = overdue().await;
    for manager in [MANAGER, SECOND_MANAGER] {
        inbox(&app, manager, 1).await;
    }
    app.clock.advance(Duration::minutes(121)).expect("movable");
    let escalated = inbox(&app, DIRECTOR, 1).await;
    assert_eq!(escalated[0]["template"], "escalation");
    assert_eq!(escalated[0]["title"]["zh"], format!("升级提醒：线索超时未分配：{COMPANY}"));
    assert!(escalated[0]["link"].as_str().is_some_and(|link| link.starts_with("/leads/")));
    // Both managers' timers fired; the director hears of it once.
    let fired = "select count(*) from notifier.timers where fired_at is not null";
    app.eventually("both timers fired", async || {
        let fired: i64 = sqlx::query_scalar(fired).fetch_one(&mut app.admin().await).await.expect("counted");
        (fired == 2).then_some(())
    })
    .await;
    assert_eq!(inbox(&app, DIRECTOR, 1).await.len(), 1);
}

#[tokio::test]
async fn what_was_acknowledged_is_not_escalated() {
    let app = overdue().await;
    for manager in [MANAGER, SECOND_MANAGER] {
        let id = inbox(&app, manager, 1).await[0]["id"].as_str().expect("an id").to_owned();
        acting_as(&app, manager).post(&format!("/api/notifications/{id}/acknowledge"), &json!({})).await.ok();
    }
    let left: i64 = sqlx::query_scalar("select count(*) from notifier.timers")
        .fetch_one(&mut app.admin().await)
        .await
        .expect("counted");
    assert_eq!(left, 0);
}
