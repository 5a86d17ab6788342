use chrono::Duration;
use contracts::quote_contract::v1::{QuoteExpired, QuoteExpiring};
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn the_owner_is_reminded_three_days_before_and_then_the_promise_ends() {
    let world = World::start().await;
    world.product().await;
    let id = world.approved().await;
    world.rep.post(&format!("/api/quotes/{id}/send"), &json!({})).await.ok();
    world.app.clock.advance(Duration::days(27) + Duration::minutes(1)).expect("movable");
    let event: QuoteExpiring = world.app.event().await;
    assert_eq!((event.quote_id, event.owner_id), (id.to_string(), world.rep.id().to_string()));
    assert_eq!(world.rep.get(&format!("/api/quotes/{id}")).await.ok()["status"], "sent");
    world.app.clock.advance(Duration::days(3)).expect("movable");
    assert_eq!(world.app.event::<QuoteExpired>().await.number, "Q-2027-000001");
    assert_eq!(world.rep.get(&format!("/api/quotes/{id}")).await.ok()["status"], "expired");
    world.rep.post(&format!("/api/quotes/{id}/send"), &json!({})).await.refused(422, "quote_expired");
}

#[tokio::test]
async fn a_superseded_promise_neither_reminds_nor_expires() {
    let world = World::start().await;
    world.product().await;
    world.approved().await;
    let second = world.approved().await;
    world.app.clock.advance(Duration::days(31)).expect("movable");
    let event: QuoteExpired = world.app.event().await;
    assert_eq!(event.quote_id, second.to_string());
    assert_eq!(world.app.count_events::<QuoteExpired>().await, 1);
}
