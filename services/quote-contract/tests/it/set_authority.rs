use contracts::quote_contract::v1::DiscountAuthoritySet;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn operations_widen_authority_and_the_next_quote_needs_no_approval() {
    let world = World::start().await;
    world.product().await;
    let mut limits = world.rep.get("/api/quotes/authority").await.ok();
    assert_eq!((&limits["number"], &limits["tiers"]["ka"]), (&json!(0), &json!("8")));
    let table = limits.as_object_mut().expect("an object");
    for derived in ["number", "set_at", "set_by"] {
        table.remove(derived);
    }
    limits["roles"]["sales_rep"] = json!(9);
    world.rep.put("/api/quotes/authority", &limits).await.refused(403, "forbidden");
    let set = world.operations.put("/api/quotes/authority", &limits).await.ok();
    assert_eq!((&set["number"], &set["roles"]["sales_rep"]), (&json!(1), &json!("9")));
    assert_eq!(world.app.event::<DiscountAuthoritySet>().await.number, 1);
    let id = world.draft("9").await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    assert_eq!(quote["status"], "approved");
}

#[tokio::test]
async fn a_limit_above_100_percent_is_refused() {
    let world = World::start().await;
    let limits = json!({ "grades": { "A": 120 }, "tiers": {}, "roles": {}, "floor_margin_percent": 5 });
    let problem = world.operations.put("/api/quotes/authority", &limits).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"][0]["field"], "grades.A");
}
