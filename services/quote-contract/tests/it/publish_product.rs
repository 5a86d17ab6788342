use contracts::quote_contract::v1::ProductPublished;
use serde_json::json;

use crate::world::{World, pump};

#[tokio::test]
async fn the_base_price_follows_from_the_bill_of_materials() {
    let world = World::start().await;
    let product = world.product().await;
    assert_eq!(product["price"], json!({ "amount": "10000.00", "currency": "CNY" }));
    assert_eq!((&product["cost"]["amount"], &product["margin_percent"]), (&json!("7000.00"), &json!("30")));
    let event: ProductPublished = world.app.event().await;
    assert_eq!((event.code.as_str(), event.number), ("XT-200", 1));
}

#[tokio::test]
async fn costs_are_shown_only_to_those_who_may_read_them() {
    let world = World::start().await;
    let id = world.product().await["id"].as_str().expect("an id").to_owned();
    let seen = world.rep.get(&format!("/api/products/{id}")).await.ok();
    assert_eq!((seen.get("cost"), seen.get("margin_percent")), (None, None));
    let listed = world.rep.get("/api/products?category=pump").await.ok();
    assert_eq!(listed["items"][0]["code"], "XT-200");
    assert!(listed["items"][0].get("cost").is_none());
    world.rep.get(&format!("/api/products/{id}/versions")).await.refused(403, "forbidden");
    let versions = world.finance.get(&format!("/api/products/{id}/versions")).await.ok();
    assert_eq!(versions[0]["costing"]["labour"]["amount"], "1400.00");
}

#[tokio::test]
async fn the_same_code_again_is_the_next_version() {
    let world = World::start().await;
    let first = world.product().await;
    let second = world.product_manager.post("/api/products", &pump("XT-200", "800.00")).await.ok();
    assert_eq!((&second["id"], &second["number"]), (&first["id"], &json!(2)));
    assert_eq!(second["price"]["amount"], "11142.86");
    let path = format!("/api/products/{}/versions", first["id"].as_str().expect("an id"));
    assert_eq!(world.finance.get(&path).await.ok().as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_wrong_product_is_refused_with_every_field() {
    let world = World::start().await;
    let mut wrong = pump("", "1.00");
    wrong["unit"] = json!("");
    wrong["target_margin_percent"] = json!("100");
    let problem = world.product_manager.post("/api/products", &wrong).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["target_margin_percent", "code", "unit"]);
    world.rep.post("/api/products", &pump("A", "1.00")).await.refused(403, "forbidden");
}

#[tokio::test]
async fn a_repeated_request_publishes_once() {
    let world = World::start().await;
    let first = world.product_manager.post_once("k1", "/api/products", &pump("XT-200", "700.00")).await.ok();
    let again = world.product_manager.post_once("k1", "/api/products", &pump("XT-200", "700.00")).await.ok();
    assert_eq!(first, again);
    world.app.event::<ProductPublished>().await;
    assert_eq!(world.app.count_events::<ProductPublished>().await, 1);
}
