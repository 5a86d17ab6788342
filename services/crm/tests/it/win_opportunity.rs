use contracts::crm::v1::{CustomerFactNoted, CustomerGraded, OpportunityAdvanceRefused, OpportunityStageChanged};
use contracts::quote_contract::v1::ContractSigned;
use kernel::Money;

use crate::support::{Deal, deal};

pub fn signed(deal: &Deal, yuan: i64) -> ContractSigned {
    ContractSigned {
        contract_id: deal.app.ids.new_id().to_string(),
        number: "C-2027-0001".into(),
        opportunity_id: deal.opportunity.to_string(),
        customer_id: deal.customer.to_string(),
        total: Some(Money::cny(yuan * 100).into()),
        signed_at: Some(deal.now().into()),
        signed_sha256: "ef".repeat(32),
        ..ContractSigned::default()
    }
}

#[tokio::test]
async fn a_signature_wins_through_the_same_gate_once() {
    let deal = deal().await;
    deal.reach_quote().await;
    let (event, id, contract) = (signed(&deal, 300_000), deal.app.ids.new_id(), deal.app.ids.new_id());
    deal.app.publish_again(&event, id, contract, 9).await;
    deal.app.publish_again(&event, id, contract, 9).await;
    let view = deal.opportunity_when(|view| view["stage"] == "won").await;
    assert_eq!(view["contract_id"].as_str(), Some(event.contract_id.as_str()));
    let moved = deal.app.events::<OpportunityStageChanged>(3).await.remove(2);
    assert_eq!((moved.from.as_str(), moved.to.as_str()), ("proposal_quote", "won"));
    let graded: CustomerGraded = deal.app.event().await;
    assert_eq!(graded.grade, "C");
    let reason = graded.reason.expect("a reason");
    assert!(reason.zh.contains("¥300,000.00") && reason.en.contains("¥300,000.00 signed"), "{reason:?}");
    deal.app.publish(&signed(&deal, 1_000), deal.app.ids.new_id(), 9).await;
    deal.app.events::<CustomerFactNoted>(2).await;
    assert_eq!(deal.app.count_events::<CustomerFactNoted>().await, 2, "the repeated contract and the one after it");
    deal.rep.patch(&deal.path(""), &serde_json::json!({ "subject": "x" })).await.refused(409, "opportunity_ended");
}

#[tokio::test]
async fn a_signature_cannot_jump_over_stages_but_counts_as_an_order() {
    let deal = deal().await;
    deal.app.publish(&signed(&deal, 2_000_000), deal.app.ids.new_id(), 9).await;
    let refused: OpportunityAdvanceRefused = deal.app.event().await;
    assert_eq!((refused.from.as_str(), refused.to.as_str()), ("first_contact", "won"));
    let customer = deal.customer_when(|customer| customer["grade"] == "B").await;
    assert!(customer["grade_reason"]["zh"].as_str().is_some_and(|reason| reason.contains("尚不稳定")));
    let view = deal.opportunity().await;
    assert_eq!(
        (view["stage"].as_str(), view["evidence"][0]["name"].as_str()),
        (Some("first_contact"), Some("signed_contract"))
    );
    deal.reach_quote().await;
    assert_eq!(deal.advance("won").await.ok()["stage"], "won", "the way on is open to the rep");
}
