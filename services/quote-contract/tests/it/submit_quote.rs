use contracts::quote_contract::v1::{QuoteApprovalRequested, QuoteApproved};
use kernel::Role;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn within_authority_a_quote_is_approved_at_once() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("5").await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    assert_eq!((&quote["status"], &quote["current"]["approved_how"]), (&json!("approved"), &json!("authority")));
    assert_eq!(quote["current"]["valid_until"], "2027-02-03T01:00:00Z");
    let event: QuoteApproved = world.app.event().await;
    assert_eq!((event.how.as_str(), event.approved_by), ("authority", world.rep.id().to_string()));
    world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.refused(409, "quote_not_draft");
}

#[tokio::test]
async fn a_ka_store_gets_its_rebate_on_top() {
    let world = World::start().await;
    world.product().await;
    (world.facts().tier, world.facts().grade) = ("ka", "A");
    let id = world.draft("13").await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    assert_eq!(quote["status"], "approved");
}

#[tokio::test]
async fn one_line_below_authority_asks_the_manager_with_the_reason() {
    let world = World::start().await;
    world.product().await;
    let (quote, approval) = world.waiting().await;
    let event: QuoteApprovalRequested = world.app.event().await;
    assert_eq!(event.approver_roles, ["sales_manager"]);
    assert_eq!(event.reasons.len(), 1);
    assert_eq!(event.reasons[0].zh, "第 1 行 XT-200：折扣 8% 超出权限（5%）");
    assert_eq!(event.reasons[0].en, "line 1, XT-200: a discount of 8% is beyond the authority of 5%");
    assert_eq!((event.quote_id, event.approval_id), (quote.to_string(), approval.to_string()));
    world.rep.post(&format!("/api/quotes/{quote}/submit"), &json!({})).await.refused(409, "quote_awaits_decision");
}

#[tokio::test]
async fn below_the_cost_floor_finance_decides_after_the_manager() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("28").await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    let approval = format!("/api/approvals/{}", quote["current"]["approval_id"].as_str().expect("an approval"));
    let decide = format!("{approval}/decide");
    world.finance.post(&decide, &json!({ "decision": "approve" })).await.refused(409, "approval_not_your_turn");
    let half = world.manager.post(&decide, &json!({ "decision": "approve" })).await.ok();
    assert_eq!((&half["status"], &half["rule"]), (&json!("pending"), &json!("price_below_floor")));
    world.finance.post(&decide, &json!({ "decision": "approve" })).await.ok();
    assert_eq!(world.rep.get(&format!("/api/quotes/{id}")).await.ok()["status"], "approved");
}

#[tokio::test]
async fn a_total_below_the_authorised_range_needs_finance() {
    let world = World::start().await;
    world.product().await;
    world.facts().authorised = Some((3_000_000, 9_000_000));
    let id = world.draft("0").await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    assert_eq!(quote["status"], "pending_approval");
    let event: QuoteApprovalRequested = world.app.event().await;
    assert_eq!(event.approver_roles, ["sales_manager", "finance"]);
}

#[tokio::test]
async fn a_seat_without_a_person_goes_to_the_director() {
    let world = World::start().await;
    world.product().await;
    world.dismiss(Role::SalesManager);
    let (_, approval) = world.waiting().await;
    let view = world.director.get(&format!("/api/approvals/{approval}")).await.ok();
    assert_eq!(
        (&view["steps"][0]["approver"], &view["steps"][0]["role"]),
        (&json!(world.director.id()), &json!("sales_director"))
    );
    world.dismiss(Role::SalesDirector);
    let id = world.draft("8").await;
    world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.refused(422, "approval_nobody_can_approve");
    assert_eq!(world.rep.get(&format!("/api/quotes/{id}")).await.ok()["status"], "draft");
}

#[tokio::test]
async fn a_quote_in_another_currency_than_its_budget_is_inconsistent() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    // The clock passes the delivery date before the quote is submitted.
    world.app.clock.advance(chrono::Duration::days(60)).expect("movable");
    let check = world.rep.get(&format!("/api/quotes/{id}/consistency")).await.ok();
    assert_eq!((&check["submittable"], &check["findings"][0]["code"]), (&json!(false), &json!("delivery_in_past")));
    let problem =
        world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.refused(422, "quote_inconsistent");
    assert_eq!(problem["errors"][0]["code"], "delivery_in_past");
}

#[tokio::test]
async fn a_full_delivery_week_is_a_warning() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    world.facts().week = (5, 5);
    let check = world.rep.get(&format!("/api/quotes/{id}/consistency")).await.ok();
    assert_eq!((&check["submittable"], &check["findings"][0]["code"]), (&json!(true), &json!("delivery_week_full")));
}

#[tokio::test]
async fn a_repeated_submission_answers_the_same() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("8").await;
    let path = format!("/api/quotes/{id}/submit");
    let first = world.rep.post_once("s", &path, &json!({})).await.ok();
    let again = world.rep.post_once("s", &path, &json!({})).await.ok();
    assert_eq!(first, again);
    assert_eq!(world.manager.get("/api/approvals").await.ok()["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_frozen_opportunity_stops_the_submission() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    world.facts().frozen = true;
    world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.refused(422, "opportunity_frozen");
}
