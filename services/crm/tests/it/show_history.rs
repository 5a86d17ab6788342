use kernel::Role;
use serde_json::Value;

use crate::support::{ORG, deal};

fn types(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|one| one["type"].as_str().expect("a type").to_owned()).collect()
}

#[tokio::test]
async fn the_history_holds_customer_opportunity_visits_and_actions_latest_first() {
    let deal = deal().await;
    let minute = chrono::Duration::minutes(1);
    deal.app.clock.advance(minute).expect("movable");
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    deal.app.clock.advance(minute).expect("movable");
    deal.planned("appointment").await;
    deal.app.clock.advance(minute).expect("movable");
    deal.advance("needs").await.ok();
    let path = format!("{}/history", deal.customer_path());
    let page = deal.rep.get(&path).await.ok();
    let found = types(&page);
    assert_eq!(found[..2], ["opportunity.stage_changed.v1", "action.scheduled.v1"]);
    for expected in ["visit.recorded.v1", "customer.registered.v1", "opportunity.opened.v1"] {
        assert!(found.iter().any(|one| one == expected), "{found:?}");
    }
    let first = &page["items"][0];
    assert_eq!(
        (first["actor_id"].as_str(), first["why"].as_str()),
        (Some(deal.rep.id().to_string().as_str()), Some("按计划推进"))
    );
    assert_eq!((first["from"].as_str(), first["to"].as_str()), (Some("first_contact"), Some("needs")));
    let mut paged = Vec::new();
    let mut next = format!("{path}?limit=2");
    loop {
        let page = deal.rep.get(&next).await.ok();
        paged.extend(types(&page));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("{path}?limit=2&cursor={cursor}");
    }
    assert_eq!(paged, found);
}

#[tokio::test]
async fn who_may_not_see_the_customer_or_the_visits_sees_no_history_of_them() {
    let deal = deal().await;
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    let path = format!("{}/history", deal.customer_path());
    deal.app.person(Role::SalesRep, ORG).get(&path).await.refused(404, "customer_not_found");
    let finance = types(&deal.app.person(Role::Finance, "/").get(&path).await.ok());
    assert!(finance.iter().any(|one| one == "opportunity.opened.v1"));
    assert!(!finance.iter().any(|one| one == "visit.recorded.v1"), "{finance:?}");
}
