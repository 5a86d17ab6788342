use chrono::Duration;
use contracts::crm::v1::{KeyMomentMissed, OpportunityChanged};
use contracts::quote_contract::v1::QuoteSent;

use crate::support::{Deal, deal};

fn sent(deal: &Deal) -> QuoteSent {
    QuoteSent {
        quote_id: deal.app.ids.new_id().to_string(),
        number: "Q-2027-0001".into(),
        opportunity_id: deal.opportunity.to_string(),
        customer_id: deal.customer.to_string(),
        pdf_sha256: "cd".repeat(32),
        ..QuoteSent::default()
    }
}

#[tokio::test]
async fn a_sent_quote_is_noted_once_and_opens_negotiation() {
    let deal = deal().await;
    deal.reach_quote().await;
    let (event, id, quote) = (sent(&deal), deal.app.ids.new_id(), deal.app.ids.new_id());
    deal.app.publish_again(&event, id, quote, 4).await;
    deal.app.publish_again(&event, id, quote, 4).await;
    deal.app.publish(&sent(&deal), deal.app.ids.new_id(), 4).await;
    let view = deal.opportunity_when(|view| view["quotes"][1].is_object()).await;
    let moments = view["key_moments"].as_array().expect("moments");
    let met = moments.iter().find(|one| one["moment"] == "quote_sent").expect("the stage's deadline");
    assert!(met["met_at"].is_string());
    assert_eq!(deal.advance("negotiation").await.ok()["stage"], "negotiation");
    let noted = deal.app.events::<OpportunityChanged>(3).await;
    assert_eq!(noted[1].fields, ["quotes"]);
    assert_eq!(deal.app.count_events::<OpportunityChanged>().await, 3, "the decision chain and two quotes");
}

#[tokio::test]
async fn objections_not_handled_within_two_days_miss_the_moment() {
    let deal = deal().await;
    deal.app.publish(&sent(&deal), deal.app.ids.new_id(), 4).await;
    deal.opportunity_when(|view| view["quotes"][0].is_object()).await;
    deal.app.clock.advance(Duration::hours(48)).expect("movable");
    let missed: KeyMomentMissed = deal.app.event().await;
    assert_eq!(
        (missed.moment.as_str(), missed.tell),
        ("objection_handling_started", vec!["sales_rep".to_owned(), "sales_manager".to_owned()])
    );
}

#[tokio::test]
async fn objections_handled_in_time_meet_it() {
    let deal = deal().await;
    deal.app.publish(&sent(&deal), deal.app.ids.new_id(), 4).await;
    deal.opportunity_when(|view| view["quotes"][0].is_object()).await;
    deal.app.clock.advance(Duration::hours(3)).expect("movable");
    let path = format!("{}/done", deal.planned("objection_handling").await);
    deal.rep.post(&path, &deal.done(deal.now(), "objection", "价格偏高")).await.ok();
    let moments = deal.opportunity().await["key_moments"].clone();
    let moment = moments.as_array().expect("moments").iter().find(|one| one["moment"] == "objection_handling_started");
    assert!(moment.expect("the moment")["met_at"].is_string());
}
