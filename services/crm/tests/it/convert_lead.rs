use contracts::crm::v1::{CustomerRegistered, OpportunityOpened};
use kernel::Role;
use sqlx::Row;
use uuid::Uuid;

use crate::support::{COMPANY, ORG, PHONE, converted, deal, deal_in, seen, start, start_with};

#[tokio::test]
async fn a_converted_lead_becomes_a_customer_with_its_contact_and_an_opportunity() {
    let deal = deal().await;
    let registered: CustomerRegistered = deal.app.event().await;
    assert_eq!((registered.company.as_str(), registered.owner_id), (COMPANY, deal.rep.id().to_string()));
    let opened: OpportunityOpened = deal.app.event().await;
    assert_eq!((opened.stage.as_str(), opened.opportunity_id), ("first_contact", deal.opportunity.to_string()));
    let customer = deal.rep.get(&deal.customer_path()).await.ok();
    assert_eq!((customer["grade"].as_str(), customer["health"].as_str()), (Some("D"), Some("yellow")));
    assert_eq!(customer["contacts"][0]["phone"], PHONE);
}

#[tokio::test]
async fn the_event_delivered_twice_opens_once() {
    let app = start().await;
    let rep = app.person(Role::SalesRep, ORG);
    let lead = converted(&app, rep.id(), COMPANY);
    let (event, aggregate) = (app.ids.new_id(), app.ids.new_id());
    app.publish_again(&lead, event, aggregate, 3).await;
    seen(&app, &rep, &format!("/api/opportunities/{}", lead.opportunity_id), |_| true).await;
    app.publish_again(&lead, event, aggregate, 3).await;
    let next = deal_in(app.clone(), rep, "冷杉机械有限公司").await;
    assert_eq!(next.app.count_events::<OpportunityOpened>().await, 2, "the repeated one and the one after it");
    assert_eq!(next.app.count_events::<CustomerRegistered>().await, 2);
}

#[tokio::test]
async fn another_spelling_of_the_company_is_the_same_customer() {
    let first = deal().await;
    let second = deal_in(first.app.clone(), first.rep.clone(), "云杉装备（集团）股份有限公司").await;
    assert_eq!(second.customer, first.customer);
    assert_ne!(second.opportunity, first.opportunity);
    assert_eq!(first.app.count_events::<CustomerRegistered>().await, 1);
    let customer = first.rep.get(&first.customer_path()).await.ok();
    assert_eq!(customer["contacts"].as_array().map(Vec::len), Some(1), "the same person is not added again");
}

#[tokio::test]
async fn the_same_credit_code_is_the_same_customer_under_any_name() {
    let app = start_with("91310000MA1K00001X").await;
    let rep = app.person(Role::SalesRep, ORG);
    let first = deal_in(app.clone(), rep.clone(), COMPANY).await;
    let second = deal_in(app.clone(), rep, "改名后的公司").await;
    assert_eq!(second.customer, first.customer);
}

#[tokio::test]
async fn personal_data_is_in_no_record_of_the_journal() {
    let deal = deal().await;
    let mut admin = deal.app.admin().await;
    let rows = sqlx::query("select record from crm.journal").fetch_all(&mut admin).await.expect("rows");
    let records: Vec<String> = rows.iter().map(|row| row.get("record")).collect();
    assert!(records.len() >= 2);
    for personal in [PHONE, "示例联系人", "buyer@example.com"] {
        assert!(!records.iter().any(|record| record.contains(personal)), "{personal}");
    }
    assert!(records.iter().any(|record| record.contains("commitment:phone")));
}

#[tokio::test]
async fn another_rep_sees_neither_customer_nor_opportunity() {
    let deal = deal().await;
    let other = deal.app.person(Role::SalesRep, ORG);
    other.get(&deal.customer_path()).await.refused(404, "customer_not_found");
    other.get(&deal.path("")).await.refused(404, "opportunity_not_found");
    assert_eq!(other.get("/api/customers").await.ok()["items"], serde_json::json!([]));
    let manager = deal.app.person(Role::SalesManager, ORG);
    let seen = manager.get("/api/opportunities").await.ok();
    assert_eq!(seen["items"][0]["id"].as_str().and_then(|id| id.parse::<Uuid>().ok()), Some(deal.opportunity));
}
