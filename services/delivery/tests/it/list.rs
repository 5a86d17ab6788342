use kernel::{PrincipalKind, Role, TenantId};
use serde_json::Value;
use testkit::Client;
use uuid::Uuid;

use crate::stage::Stage;

async fn ids(who: &Client, query: &str) -> Vec<String> {
    let page = who.get(&format!("/api/deliveries{query}")).await.ok();
    page["items"].as_array().expect("items").iter().map(|card| text(&card["id"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

#[tokio::test]
async fn lists_filter_by_light_and_state_and_go_on_by_cursor() {
    let stage = Stage::set().await;
    let (first, second, third) = (stage.card().await, stage.card().await, stage.card().await);
    stage.schedule(&stage.planner, second, 20).await.ok();
    stage.link(third).await;
    assert_eq!(ids(&stage.manager, "?light=red").await, [second.to_string()]);
    assert_eq!(ids(&stage.manager, "?state=awaiting_acceptance").await, [third.to_string()]);
    let page = stage.manager.get("/api/deliveries?limit=2").await.ok();
    let mut seen: Vec<_> = page["items"].as_array().expect("items").iter().map(|card| text(&card["id"])).collect();
    let rest = ids(&stage.manager, &format!("?limit=2&cursor={}", text(&page["next_cursor"]))).await;
    assert_eq!((seen.len(), rest.len()), (2, 1));
    seen.extend(rest);
    seen.sort();
    let mut all = [first, second, third].map(|id| id.to_string());
    all.sort();
    assert_eq!(seen, all);
    stage.manager.get("/api/deliveries?cursor=nonsense").await.refused(400, "invalid_request");
    stage.manager.get("/api/deliveries?light=blue").await.refused(400, "invalid_request");
}

#[tokio::test]
async fn everybody_sees_their_own_and_managers_their_region() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let one = [id.to_string()];
    for seeing in [&stage.rep, &stage.planner, &stage.app.person(Role::SalesManager, "/huadong/")] {
        assert_eq!(ids(seeing, "").await, one);
    }
    let colleague = stage.app.person(Role::SalesRep, "/huadong/shanghai/");
    let elsewhere = stage.app.person(Role::SalesManager, "/huanan/");
    let stranger = stage.app.principal(kernel::Principal {
        kind: PrincipalKind::Person,
        tenant: TenantId(Uuid::from_u128(0xbad)),
        ..stage.manager.principal.clone()
    });
    for blind in [&colleague, &elsewhere, &stranger] {
        assert_eq!(ids(blind, "").await, Vec::<String>::new());
        blind.get(&format!("/api/deliveries/{id}")).await.refused(404, "not_found");
    }
    stage.schedule(&stranger, id, 9).await.refused(404, "not_found");
}
