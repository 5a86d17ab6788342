use contracts::crm::v1::RepurchaseDue;
use contracts::lead_routing::v1::{LeadAssigned, LeadReceived};
use kernel::Text;
use serde_json::json;
use uuid::Uuid;

use crate::scene::{Scene, form, path};

fn due(customer: Uuid, owner: Uuid) -> RepurchaseDue {
    RepurchaseDue {
        customer_id: customer.to_string(),
        company: "远山机电1号有限公司".into(),
        industry: "化工".into(),
        region: "上海".into(),
        org: "/huadong/".into(),
        owner_id: owner.to_string(),
        reason: Some(Text::new("健康度转绿，距上次下单满一年", "green, and a year since the last order").into()),
        last_order: Some(kernel::Money::cny(8_800_000).into()),
    }
}

#[tokio::test]
async fn a_customer_due_to_buy_again_becomes_a_lead_of_the_same_rep_once() {
    let scene = Scene::open().await;
    let owner = scene.rep_with(json!({"open_limit": 0})).await;
    scene.rep().await;
    scene.lead(1).await;
    let customer = scene.app.ids.new_id();
    let event = scene.app.publish(&due(customer, owner.id()), customer, 1).await;
    scene.app.publish_again(&due(customer, owner.id()), event, customer, 1).await;
    let received = scene.app.events::<LeadReceived>(2).await.remove(1);
    assert_eq!((received.source.as_str(), received.customer_id), ("repurchase", customer.to_string()));
    let assigned = scene.app.events::<LeadAssigned>(2).await.remove(1);
    assert_eq!((assigned.rep_id, assigned.how.as_str()), (owner.id().to_string(), "owner_kept"));

    let leads = owner.get("/api/leads?source=repurchase").await.ok();
    assert_eq!(leads["items"].as_array().map(Vec::len), Some(1));
    let lead = &leads["items"][0];
    assert_eq!((&lead["state"], &lead["customer_id"]), (&json!("assigned"), &json!(customer)));
    let told = scene.last_decision(lead).await["sentences"].to_string();
    assert!(told.contains("距上次下单满一年") && told.contains("a year since the last order"), "{told}");
    owner.put(&path(lead, "/screening"), &form()).await.ok();
    let converted = owner.post(&path(lead, "/convert"), &json!({"subject": "备件复购"})).await.ok();
    assert_eq!(converted["customer_id"], json!(customer), "the customer stays the same");

    let second = scene.app.publish(&due(customer, owner.id()), customer, 2).await;
    assert_ne!(second, event);
    scene.app.events::<LeadReceived>(3).await;
    assert_eq!(scene.app.count_events::<LeadReceived>().await, 3, "once for each event");
}

#[tokio::test]
async fn when_the_rep_has_left_routing_decides() {
    let scene = Scene::open().await;
    let gone = scene.rep_with(json!({"active": false})).await;
    let other = scene.rep().await;
    let customer = scene.app.ids.new_id();
    scene.app.publish(&due(customer, gone.id()), customer, 1).await;
    let assigned: LeadAssigned = scene.app.event().await;
    assert_eq!((assigned.rep_id, assigned.how.as_str()), (other.id().to_string(), "rule"));
}
