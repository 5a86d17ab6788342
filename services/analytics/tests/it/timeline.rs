use chrono::Duration;
use contracts::collections::v1::{BlockerResolved, ReceivableOpened};
use contracts::crm::v1::{CustomerRegistered, OpportunityOpened};
use contracts::lead_routing::v1::{LeadAssigned, LeadConverted, LeadReceived};
use kernel::Role;
use serde_json::json;
use testkit::Client;
use uuid::Uuid;

use crate::support::{Suite, start, types};

const CUSTOMER: Uuid = Uuid::from_u128(0xc0);
const LEAD: Uuid = Uuid::from_u128(0x1e);
const OPPORTUNITY: Uuid = Uuid::from_u128(0x09);
const RECEIVABLE: Uuid = Uuid::from_u128(0x5e);

/// From a lead to a receivable, over three services; one minute between events.
async fn play(suite: &Suite, rep: &Client) {
    let (lead, customer, opportunity) = (LEAD.to_string(), CUSTOMER.to_string(), OPPORTUNITY.to_string());
    let (org, owner) = ("/huadong/shanghai/".to_owned(), rep.id().to_string());
    let minute = || suite.app.clock.advance(Duration::minutes(1)).expect("moved");
    suite.happen(&LeadReceived { lead_id: lead.clone(), org: org.clone(), ..Default::default() }, LEAD, 1).await;
    minute();
    let assigned =
        LeadAssigned { lead_id: lead.clone(), rep_id: owner.clone(), org: org.clone(), ..Default::default() };
    suite.happen(&assigned, LEAD, 2).await;
    minute();
    let converted = LeadConverted {
        lead_id: lead.clone(),
        rep_id: owner.clone(),
        opportunity_id: opportunity.clone(),
        customer_id: customer.clone(),
        org: org.clone(),
        ..Default::default()
    };
    suite.happen(&converted, LEAD, 3).await;
    minute();
    let registered = CustomerRegistered {
        customer_id: customer.clone(),
        org: org.clone(),
        owner_id: owner.clone(),
        ..Default::default()
    };
    suite.happen(&registered, CUSTOMER, 1).await;
    let opened = OpportunityOpened {
        opportunity_id: opportunity,
        customer_id: customer.clone(),
        lead_id: lead,
        owner_id: owner.clone(),
        org: org.clone(),
        stage: "lead".into(),
        ..Default::default()
    };
    minute();
    suite.happen(&opened, OPPORTUNITY, 1).await;
    minute();
    let receivable = ReceivableOpened { customer_id: customer, owner_id: owner, org, ..Default::default() };
    suite.happen(&receivable, RECEIVABLE, 1).await;
    minute();
    let resolved = BlockerResolved { receivable_id: RECEIVABLE.to_string(), ..Default::default() };
    suite.happen(&resolved, RECEIVABLE, 2).await;
    suite.applied(7).await;
}

#[tokio::test]
async fn a_customers_timeline_runs_over_all_services_in_pages() {
    let suite = start().await;
    let rep = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    play(&suite, &rep).await;
    let director = suite.app.person(Role::SalesDirector, "/");
    let whole = [
        "receivable.blocker_resolved.v1",
        "receivable.opened.v1",
        "opportunity.opened.v1",
        "customer.registered.v1",
        "lead.converted.v1",
        "lead.assigned.v1",
        "lead.received.v1",
    ];
    assert_eq!(types(&director, &format!("customer_id={CUSTOMER}")).await, whole);
    assert_eq!(
        types(&director, &format!("lead_id={LEAD}")).await,
        ["opportunity.opened.v1", whole[4], whole[5], whole[6]]
    );
    assert_eq!(types(&director, &format!("opportunity_id={OPPORTUNITY}")).await[0], "opportunity.opened.v1");

    let path = format!("/api/timeline?customer_id={CUSTOMER}&limit=4");
    let first = director.get(&path).await.ok();
    let next = format!("{path}&cursor={}", first["next_cursor"].as_str().expect("a next page"));
    let second = director.get(&next).await.ok();
    assert_eq!(first["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(second["items"][2]["event_type"], "lead.received.v1");
    assert_eq!(second["next_cursor"], json!(null));
    let correlation = second["items"][0]["correlation"].as_str().expect("an id").to_owned();
    assert_eq!(types(&director, &format!("correlation={correlation}")).await, ["lead.converted.v1"]);
}

#[tokio::test]
async fn everybody_sees_their_own_part() {
    let suite = start().await;
    let rep = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    play(&suite, &rep).await;
    let query = format!("customer_id={CUSTOMER}");
    // Nobody is responsible for a lead that has just come in, and a blocker names nobody.
    assert_eq!(types(&rep, &query).await.len(), 5);
    assert_eq!(types(&suite.app.person(Role::SalesManager, "/huadong/"), &query).await.len(), 6);
    assert!(types(&suite.app.person(Role::SalesManager, "/huabei/"), &query).await.is_empty());
    assert!(types(&suite.app.person(Role::SalesRep, "/huadong/shanghai/"), &query).await.is_empty());
    suite.app.person(Role::Administrator, "/").get(&format!("/api/timeline?{query}")).await.refused(403, "forbidden");
    rep.get("/api/timeline").await.refused(400, "invalid_request");
    rep.get(&format!("/api/timeline?{query}&lead_id={LEAD}")).await.refused(400, "invalid_request");
    rep.get(&format!("/api/timeline?{query}&cursor=x")).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn what_comes_early_waits_and_what_comes_again_is_known() {
    let suite = start().await;
    let event =
        |industry: &str| LeadReceived { lead_id: LEAD.to_string(), industry: industry.into(), ..Default::default() };
    let second = suite.happen(&event("second"), LEAD, 2).await;
    let third = suite.happen(&event("third"), LEAD, 3).await;
    let other = Uuid::from_u128(0x2e);
    suite.happen(&event("other"), other, 1).await;
    suite.applied(1).await;
    let first = suite.happen(&event("first"), LEAD, 1).await;
    suite.applied(4).await;
    for (id, version) in [(first, 1), (second, 2), (third, 3)] {
        suite.app.publish_again(&event("again"), id, LEAD, version).await;
    }
    suite.happen(&event("other"), other, 2).await;
    suite.applied(5).await;
    let director = suite.app.person(Role::SalesDirector, "/");
    let page = director.get(&format!("/api/timeline?lead_id={LEAD}")).await.ok();
    let said: Vec<_> =
        page["items"].as_array().expect("a list").iter().map(|one| &one["payload"]["industry"]).collect();
    assert!(!said.contains(&&json!("again")), "{said:?}");
}
