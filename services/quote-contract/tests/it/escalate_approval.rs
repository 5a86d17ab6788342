use chrono::Duration;
use contracts::quote_contract::v1::ApprovalProgressed;
use kernel::Role;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn after_two_working_hours_the_seat_goes_to_the_director() {
    let world = World::start().await;
    world.product().await;
    let (_, approval) = world.waiting().await;
    world.app.clock.advance(Duration::minutes(119)).expect("movable");
    assert_eq!(
        world.director.get(&format!("/api/approvals/{approval}")).await.ok()["steps"][0]["escalated_at"],
        json!(null)
    );
    world.app.clock.advance(Duration::minutes(2)).expect("movable");
    let event: ApprovalProgressed = world.app.event().await;
    assert_eq!((event.what.as_str(), event.to_person_id), ("escalated", world.director.id().to_string()));
    let view = world.director.get(&format!("/api/approvals/{approval}")).await.ok();
    assert_eq!(view["steps"][0]["escalated_from"], json!(world.manager.id()));
    world.director.post(&format!("/api/approvals/{approval}/decide"), &json!({ "decision": "approve" })).await.ok();
}

#[tokio::test]
async fn a_decided_request_is_not_escalated() {
    let world = World::start().await;
    world.product().await;
    let (_, approval) = world.waiting().await;
    world.manager.post(&format!("/api/approvals/{approval}/decide"), &json!({ "decision": "approve" })).await.ok();
    let left: i64 = sqlx::query_scalar("select count(*) from quote_contract.timers where kind = 'approval_limit'")
        .fetch_one(&mut world.app.admin().await)
        .await
        .expect("a count");
    assert_eq!(left, 0);
}

#[tokio::test]
async fn with_nobody_to_escalate_to_the_delay_stays_on_record() {
    let world = World::start().await;
    world.product().await;
    world.waiting().await;
    world.dismiss(Role::SalesDirector);
    world.app.clock.advance(Duration::hours(3)).expect("movable");
    let event: ApprovalProgressed = world.app.event().await;
    assert_eq!((event.what.as_str(), event.to_person_id.as_str()), ("overdue", ""));
}
