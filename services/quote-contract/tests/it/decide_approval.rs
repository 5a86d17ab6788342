use chrono::Duration;
use contracts::quote_contract::v1::{ApprovalProgressed, QuoteApproved, QuoteRejected, QuoteWithdrawn};
use kernel::Role;
use serde_json::json;

use crate::world::{ORG, World};

#[tokio::test]
async fn opening_idling_and_deciding_are_stamped() {
    let world = World::start().await;
    world.product().await;
    let (quote, approval) = world.waiting().await;
    let listed = world.manager.get("/api/approvals").await.ok();
    assert_eq!(
        (&listed["items"][0]["id"], &listed["items"][0]["subject_number"]),
        (&json!(approval), &json!("Q-2027-000001"))
    );
    world.app.clock.advance(Duration::minutes(10)).expect("movable");
    world.manager.post(&format!("/api/approvals/{approval}/open"), &json!({})).await.ok();
    world.app.clock.advance(Duration::minutes(25)).expect("movable");
    let decided = json!({ "decision": "approve", "reason": "战略客户" });
    let view = world.manager.post(&format!("/api/approvals/{approval}/decide"), &decided).await.ok();
    let step = &view["steps"][0];
    assert_eq!(step["opened_at"], "2027-01-04T01:10:00Z");
    assert_eq!((&step["decided_at"], &step["idle_seconds"]), (&json!("2027-01-04T01:35:00Z"), &json!(1500)));
    let event: QuoteApproved = world.app.event().await;
    assert_eq!((event.quote_id, event.how.as_str()), (quote.to_string(), "approval"));
    let steps = world.app.events::<ApprovalProgressed>(2).await;
    assert_eq!(steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>(), ["opened", "approved"]);
    assert_eq!(steps[1].idle_seconds, 1500);
    assert_eq!(world.manager.get("/api/approvals").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn a_rejection_needs_a_reason_and_sends_the_quote_back() {
    let world = World::start().await;
    world.product().await;
    let (quote, approval) = world.waiting().await;
    let decide = format!("/api/approvals/{approval}/decide");
    world.manager.post(&decide, &json!({ "decision": "reject" })).await.refused(400, "approval_reason_required");
    world.manager.post(&decide, &json!({ "decision": "reject", "reason": "毛利不足" })).await.ok();
    assert_eq!(world.app.event::<QuoteRejected>().await.reason, "毛利不足");
    assert_eq!(world.rep.get(&format!("/api/quotes/{quote}")).await.ok()["status"], "rejected");
    world.manager.post(&decide, &json!({ "decision": "approve" })).await.refused(409, "approval_closed");
}

#[tokio::test]
async fn nobody_decides_their_own_request() {
    let world = World::start().await;
    world.product().await;
    world.facts().owner = world.manager.id().to_string();
    let id = world.manager.post("/api/quotes", &world.quote("14")).await.id();
    let quote = world.manager.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    let decide = format!("/api/approvals/{}/decide", quote["current"]["approval_id"].as_str().expect("an approval"));
    world.manager.post(&decide, &json!({ "decision": "approve" })).await.refused(403, "approval_own_request");
    assert_eq!(world.manager.get("/api/approvals").await.ok()["items"], json!([]), "one's own is not in the list");
    world.director.post(&decide, &json!({ "decision": "approve" })).await.ok();
}

#[tokio::test]
async fn a_rep_and_a_manager_of_another_region_may_not_decide() {
    let world = World::start().await;
    world.product().await;
    let (_, approval) = world.waiting().await;
    let decide = format!("/api/approvals/{approval}/decide");
    let stranger = world.app.person(Role::SalesManager, "/huabei/");
    stranger.post(&decide, &json!({ "decision": "approve" })).await.refused(403, "forbidden");
    stranger.get(&format!("/api/approvals/{approval}")).await.refused(404, "approval_not_found");
    let colleague = world.app.person(Role::SalesRep, ORG);
    colleague.post(&decide, &json!({ "decision": "approve" })).await.refused(403, "forbidden");
    assert_eq!(stranger.get("/api/approvals").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn another_holder_of_the_role_may_take_the_seat() {
    let world = World::start().await;
    world.product().await;
    let (_, approval) = world.waiting().await;
    let deputy = world.app.person(Role::SalesManager, ORG);
    assert_eq!(deputy.get("/api/approvals").await.ok()["items"][0]["id"], json!(approval));
    let decided =
        deputy.post(&format!("/api/approvals/{approval}/decide"), &json!({ "decision": "approve" })).await.ok();
    assert_eq!(decided["status"], "approved");
    assert_eq!(decided["steps"][0]["delegated_from"], json!(world.manager.id()));
    let steps = world.app.events::<ApprovalProgressed>(2).await;
    assert_eq!(steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>(), ["stood_in", "approved"]);
}

#[tokio::test]
async fn the_decision_is_handed_to_somebody_who_may_make_it() {
    let world = World::start().await;
    world.product().await;
    let (_, approval) = world.waiting().await;
    let delegate = format!("/api/approvals/{approval}/delegate");
    let to = |person: uuid::Uuid| json!({ "to": person, "reason": "出差" });
    world.manager.post(&delegate, &to(world.legal.id())).await.refused(422, "delegate_not_allowed");
    world.manager.post(&delegate, &to(uuid::Uuid::nil())).await.refused(422, "delegate_not_allowed");
    world.manager.post(&delegate, &to(world.finance.id())).await.ok();
    let decide = format!("/api/approvals/{approval}/decide");
    let decided = world.finance.post(&decide, &json!({ "decision": "approve" })).await.ok();
    assert_eq!((&decided["status"], &decided["steps"][0]["decided_role"]), (&json!("approved"), &json!("finance")));
}

#[tokio::test]
async fn the_submitter_takes_a_request_back() {
    let world = World::start().await;
    world.product().await;
    let (quote, approval) = world.waiting().await;
    let withdraw = format!("/api/approvals/{approval}/withdraw");
    world.manager.post(&withdraw, &json!({})).await.refused(403, "approval_not_the_submitter");
    let view = world.rep.post(&withdraw, &json!({ "reason": "改价" })).await.ok();
    assert_eq!(view["status"], "withdrawn");
    assert_eq!(world.rep.get(&format!("/api/quotes/{quote}")).await.ok()["status"], "draft");
    assert_eq!(world.app.event::<QuoteWithdrawn>().await.quote_id, quote.to_string());
    world.rep.post(&format!("/api/quotes/{quote}/submit"), &json!({})).await.ok();
}

#[tokio::test]
async fn a_repeated_decision_answers_the_same() {
    let world = World::start().await;
    world.product().await;
    let (_, approval) = world.waiting().await;
    let decide = format!("/api/approvals/{approval}/decide");
    let first = world.manager.post_once("d", &decide, &json!({ "decision": "approve" })).await.ok();
    let again = world.manager.post_once("d", &decide, &json!({ "decision": "approve" })).await.ok();
    assert_eq!(first, again);
    world.app.event::<QuoteApproved>().await;
    assert_eq!(world.app.count_events::<QuoteApproved>().await, 1);
}
