use contracts::quote_contract::v1::ContractDrafted;
use serde_json::{Value, json};

use crate::world::{World, clause, contract};

fn codes(contract: &Value) -> Vec<String> {
    let clauses = contract["clauses"].as_array().expect("clauses");
    clauses.iter().map(|clause| clause["code"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn a_contract_takes_the_quote_and_the_newest_effective_required_clauses() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let mut export = clause("ENVIRONMENT", "locked", "出口产品须符合目的地环保要求。");
    export["required_for"] = json!({ "destinations": ["export"] });
    world.publish(&export).await;
    let mut later = clause("FORCE-MAJEURE", "locked", "明年起生效的文本。");
    later["effective_from"] = json!("2028-01-01T00:00:00Z");
    world.publish(&later).await;
    let quote = world.approved().await;
    let made = world.rep.post("/api/contracts", &contract(quote)).await.ok();
    assert_eq!(codes(&made), ["DELIVERY", "FORCE-MAJEURE"]);
    assert_eq!((&made["number"], &made["total"]["amount"]), (&json!("HT-2027-000001"), &json!("21922.00")));
    let force_majeure = &made["clauses"][1];
    assert_eq!((&force_majeure["revision"], &force_majeure["sha256"]), (&json!(1), &force_majeure["library_sha256"]));
    let amounts: Vec<_> =
        made["payments"].as_array().expect("payments").iter().map(|one| one["amount"]["amount"].clone()).collect();
    assert_eq!(amounts, ["6576.60", "13153.20", "2192.20"]);
    for (text, found) in [("ht-2027", 1), ("临溪", 1), ("泵站", 1), ("城北", 0)] {
        let list = world.rep.get(&format!("/api/contracts?q={text}")).await.ok();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(found), "{text}");
    }
    let event: ContractDrafted = world.app.event().await;
    assert_eq!(json!(event.clauses_sha256), made["clauses_sha256"]);
    assert_eq!(world.rep.get(&format!("/api/quotes/{quote}")).await.ok()["status"], "contracted");
}

#[tokio::test]
async fn an_export_contract_carries_the_environmental_clause() {
    let world = World::start().await;
    world.product().await;
    let mut export = clause("ENVIRONMENT", "locked", "出口产品须符合目的地环保要求。");
    export["required_for"] = json!({ "destinations": ["export"], "product_categories": ["pump"] });
    world.publish(&export).await;
    let mut asked = contract(world.approved().await);
    asked["destination"] = json!("export");
    assert_eq!(codes(&world.rep.post("/api/contracts", &asked).await.ok()), ["ENVIRONMENT"]);
}

#[tokio::test]
async fn only_an_approved_quote_becomes_a_contract_and_only_once() {
    let world = World::start().await;
    world.product().await;
    let draft = world.draft("0").await;
    world.rep.post("/api/contracts", &contract(draft)).await.refused(422, "quote_not_approved");
    let quote = world.approved().await;
    let first = world.rep.post_once("c", "/api/contracts", &contract(quote)).await.ok();
    assert_eq!(first, world.rep.post_once("c", "/api/contracts", &contract(quote)).await.ok());
    world.rep.post("/api/contracts", &contract(quote)).await.refused(409, "contract_exists");
    world.rep.put(&format!("/api/quotes/{quote}"), &crate::world::content("1")).await.refused(409, "quote_contracted");
}

#[tokio::test]
async fn a_plan_that_does_not_add_up_is_refused() {
    let world = World::start().await;
    world.product().await;
    let mut wrong = contract(world.approved().await);
    wrong["payment_plan"][0]["percent"] = json!(20);
    wrong["promised_delivery_at"] = json!("2026-12-31T00:00:00Z");
    let problem = world.rep.post("/api/contracts", &wrong).await.refused(400, "invalid_request");
    let found: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["code"].clone()).collect();
    assert_eq!(found, ["not_100_percent", "delivery_in_past"]);
}

#[tokio::test]
async fn a_contract_is_seen_by_its_owner_and_those_above() {
    let world = World::start().await;
    world.product().await;
    let id = world.contract().await;
    let path = format!("/api/contracts/{id}");
    let other = world.app.person(kernel::Role::SalesRep, crate::world::ORG);
    other.get(&path).await.refused(404, "contract_not_found");
    assert_eq!(other.get("/api/contracts").await.ok()["items"], json!([]));
    for reader in [&world.rep, &world.manager, &world.legal, &world.finance] {
        assert_eq!(reader.get(&path).await.ok()["id"], json!(id));
    }
}
