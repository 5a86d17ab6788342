use chrono::Duration;
use contracts::crm::v1::{KeyMomentMissed, OpportunityChanged, OpportunityOpened};
use kernel::Role;
use serde_json::json;

use crate::support::{ORG, deal, fields};

#[tokio::test]
async fn a_rep_opens_a_second_opportunity_of_a_customer() {
    let deal = deal().await;
    let new = json!({ "customer_id": deal.customer, "subject": "二期扩产" });
    let view = deal.rep.post("/api/opportunities", &new).await.ok();
    assert_eq!((view["stage"].as_str(), view["subject"].as_str()), (Some("first_contact"), Some("二期扩产")));
    deal.app.events::<OpportunityOpened>(2).await;
    let listed =
        deal.rep.get(&format!("/api/opportunities?customer_id={}&stage=first_contact", deal.customer)).await.ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(2));
    deal.app.person(Role::SalesRep, ORG).post("/api/opportunities", &new).await.refused(403, "forbidden");
    let problem = deal.rep.post("/api/opportunities", &json!({})).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["customer_id", "subject"]);
}

#[tokio::test]
async fn the_signing_plan_starts_the_moment_of_locking_delivery() {
    let deal = deal().await;
    let plan = json!({ "planned_signing_at": deal.now() + Duration::days(5), "subject": "磨床改造一期" });
    let view = deal.rep.patch(&deal.path(""), &plan).await.ok();
    let locked = view["key_moments"].as_array().expect("moments").iter().find(|one| one["moment"] == "delivery_locked");
    assert_eq!(locked.expect("the moment")["due_at"], json!(deal.now() + Duration::days(2)));
    let changed: OpportunityChanged = deal.app.event().await;
    assert_eq!(changed.fields, ["subject", "planned_signing_at"]);
    deal.app.clock.advance(Duration::days(2)).expect("movable");
    let missed: KeyMomentMissed = deal.app.event().await;
    assert_eq!(missed.moment, "delivery_locked");
}

#[tokio::test]
async fn locked_in_time_and_planned_anew_misses_nothing() {
    let deal = deal().await;
    for days in [5, 6] {
        deal.rep.patch(&deal.path(""), &json!({ "planned_signing_at": deal.now() + Duration::days(days) })).await.ok();
    }
    let view = deal.rep.patch(&deal.path(""), &json!({ "delivery_locked_at": deal.now() })).await.ok();
    let moments = view["key_moments"].as_array().expect("moments");
    let locked: Vec<_> = moments.iter().filter(|one| one["moment"] == "delivery_locked").collect();
    assert_eq!(locked.len(), 1, "the first plan is forgotten");
    assert!(locked[0]["met_at"].is_string());
    let wrong = json!({ "planned_signing_at": deal.now(), "delivery_locked_at": deal.now() + Duration::hours(1) });
    let problem = deal.rep.patch(&deal.path(""), &wrong).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["planned_signing_at", "delivery_locked_at"]);
}
