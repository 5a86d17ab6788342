use contracts::quote_contract::v1::QuoteDrafted;
use kernel::Role;
use serde_json::json;

use crate::world::{ORG, UNKNOWN, World};

#[tokio::test]
async fn a_draft_prices_the_lines_and_gets_a_number() {
    let world = World::start().await;
    world.product().await;
    let quote = world.rep.post("/api/quotes", &world.quote("5")).await.ok();
    assert_eq!(quote["number"], "Q-2027-000001");
    assert_eq!((&quote["status"], &quote["revision"]), (&json!("draft"), &json!(1)));
    assert_eq!(quote["total"], json!({ "amount": "21470.00", "currency": "CNY" }));
    assert_eq!(quote["current"]["totals"]["tax"]["amount"], "2470.00");
    assert!(quote["current"].get("margin_percent").is_none(), "a rep sees no margin");
    let event: QuoteDrafted = world.app.event().await;
    assert_eq!((event.number.as_str(), event.total.map(|total| total.minor)), ("Q-2027-000001", Some(2_147_000)));
    let second = world.rep.post("/api/quotes", &world.quote("5")).await.ok();
    assert_eq!(second["number"], "Q-2027-000002");
}

#[tokio::test]
async fn finance_sees_the_margin() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    let seen = world.finance.get(&format!("/api/quotes/{id}")).await.ok();
    assert_eq!(seen["current"]["margin_percent"], "30");
    assert_eq!(seen["current"]["lines"][0]["unit_cost"]["amount"], "7000.00");
}

#[tokio::test]
async fn nothing_moves_on_a_frozen_or_unknown_opportunity() {
    let world = World::start().await;
    world.product().await;
    let mut quote = world.quote("0");
    quote["opportunity_id"] = json!(UNKNOWN);
    world.rep.post("/api/quotes", &quote).await.refused(404, "opportunity_not_found");
    world.facts().frozen = true;
    world.rep.post("/api/quotes", &world.quote("0")).await.refused(422, "opportunity_frozen");
}

#[tokio::test]
async fn wrong_lines_are_all_named() {
    let world = World::start().await;
    world.product().await;
    let mut quote = world.quote("101");
    quote["lines"][0]["quantity"] = json!("0");
    quote["lines"].as_array_mut().expect("lines").push(json!({ "product_code": "NO-SUCH", "quantity": "1" }));
    quote["delivery_date"] = json!("2027-01-04");
    let problem = world.rep.post("/api/quotes", &quote).await.refused(400, "invalid_request");
    let codes: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["code"].clone()).collect();
    assert_eq!(codes, ["out_of_range", "out_of_range", "delivery_in_past", "product_unknown"]);
}

#[tokio::test]
async fn a_repeated_request_drafts_once() {
    let world = World::start().await;
    world.product().await;
    let first = world.rep.post_once("k", "/api/quotes", &world.quote("5")).await.ok();
    // Even when the opportunity has been frozen since: the first answer stands.
    world.facts().frozen = true;
    let again = world.rep.post_once("k", "/api/quotes", &world.quote("5")).await.ok();
    assert_eq!(first, again);
    assert_eq!(world.rep.get("/api/quotes").await.ok()["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn another_rep_neither_sees_nor_makes_a_quote_for_the_customer() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    let other = world.app.person(Role::SalesRep, ORG);
    other.get(&format!("/api/quotes/{id}")).await.refused(404, "quote_not_found");
    other.post("/api/quotes", &world.quote("0")).await.refused(403, "forbidden");
    other.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.refused(403, "forbidden");
    assert_eq!(other.get("/api/quotes").await.ok()["items"], json!([]));
    assert_eq!(world.manager.get("/api/quotes?status=draft").await.ok()["items"][0]["id"], json!(id));
}

#[tokio::test]
async fn a_list_is_searched_by_number_company_and_subject() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    let shown = world.rep.get(&format!("/api/quotes/{id}")).await.ok();
    assert_eq!(shown["subject"], "城南泵站改造");
    for (text, found) in [("q-2027-0000", 1), ("临溪", 1), ("泵站", 1), ("城北", 0), ("%25", 0)] {
        let list = world.rep.get(&format!("/api/quotes?q={text}")).await.ok();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(found), "{text}");
    }
}

#[tokio::test]
async fn lists_come_in_pages() {
    let world = World::start().await;
    world.product().await;
    for _ in 0..3 {
        world.draft("0").await;
    }
    let first = world.rep.get("/api/quotes?limit=2").await.ok();
    let cursor = first["next_cursor"].as_str().expect("a next page");
    let second = world.rep.get(&format!("/api/quotes?limit=2&cursor={cursor}")).await.ok();
    assert_eq!(first["items"].as_array().map(Vec::len), Some(2));
    assert_eq!((second["items"].as_array().map(Vec::len), second.get("next_cursor")), (Some(1), None));
}
