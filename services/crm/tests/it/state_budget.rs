use contracts::crm::v1::{OpportunityAdvanceRefused, OpportunityBudgetStated, OpportunityFrozen, OpportunityUnfrozen};
use kernel::Role;
use serde_json::{Value, json};

use crate::support::{ORG, deal, fields};

fn range(low: &str, high: &str) -> Value {
    json!({ "low": { "amount": low, "currency": "CNY" }, "high": { "amount": high, "currency": "CNY" } })
}

#[tokio::test]
async fn each_budget_has_its_own_role_and_the_cost_floor_a_second_factor() {
    let deal = deal().await;
    let (lead, finance) = (deal.app.person(Role::TechnicalLead, "/"), deal.app.person(Role::Finance, "/"));
    let budget = range("80000.00", "90000.00");
    let at = |kind: &str| deal.path(&format!("/budgets/{kind}"));
    deal.rep.put(&at("cost_floor"), &budget).await.refused(403, "forbidden");
    deal.rep.put(&at("authorised_range"), &budget).await.refused(403, "forbidden");
    lead.put(&at("customer_stated"), &budget).await.refused(403, "forbidden");
    finance.put(&at("cost_floor"), &budget).await.refused(403, "forbidden");
    lead.put(&at("cost_floor"), &budget).await.refused(401, "step_up_required");
    lead.stepped_up().put(&at("cost_floor"), &budget).await.ok();
    finance.put(&at("authorised_range"), &budget).await.ok();
    deal.rep.put(&at("customer_stated"), &budget).await.ok();
    deal.rep.put(&at("wish"), &budget).await.refused(404, "not_found");
    let kinds: Vec<_> =
        deal.app.events::<OpportunityBudgetStated>(3).await.into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds, ["cost_floor", "authorised_range", "customer_stated"]);
}

#[tokio::test]
async fn disagreement_freezes_tells_three_people_and_agreement_thaws() {
    let deal = deal().await;
    deal.reach_needs().await;
    deal.confirm_technically().await;
    deal.budget("customer_stated", 100_000, 150_000).await;
    deal.budget("cost_floor", 120_000, 130_000).await;
    let view = deal.budget("authorised_range", 95_000, 110_000).await;
    assert_eq!(view["frozen"], true);
    let frozen: OpportunityFrozen = deal.app.event().await;
    assert_eq!((frozen.people.len(), frozen.disagreements.len(), frozen.owner_id), (3, 1, deal.rep.id().to_string()));
    let problem = deal.advance("proposal_quote").await.refused(422, "budgets_disagree");
    assert_eq!(problem["errors"][0]["code"], "floor_above_authorised");
    deal.app.event::<OpportunityAdvanceRefused>().await;
    let view = deal.budget("authorised_range", 125_000, 140_000).await;
    assert_eq!(view["frozen"], false);
    deal.app.event::<OpportunityUnfrozen>().await;
    assert_eq!(deal.advance("proposal_quote").await.ok()["stage"], "proposal_quote");
}

#[tokio::test]
async fn a_frozen_opportunity_can_still_be_lost() {
    let deal = deal().await;
    deal.budget("customer_stated", 1, 2).await;
    deal.budget("cost_floor", 100, 200).await;
    deal.budget("authorised_range", 100, 200).await;
    assert_eq!(deal.advance("lost").await.ok()["stage"], "lost");
}

#[tokio::test]
async fn a_missing_budget_does_not_freeze() {
    let deal = deal().await;
    deal.budget("customer_stated", 1, 2).await;
    let view = deal.budget("authorised_range", 100, 200).await;
    assert_eq!((view["frozen"].as_bool(), view["disagreements"].as_array().map(Vec::len)), (Some(false), Some(0)));
}

#[tokio::test]
async fn the_rep_never_sees_the_cost_floor() {
    let deal = deal().await;
    deal.agree_on_budgets().await;
    let floor = |view: &Value| {
        let budgets = view["budgets"].as_array().expect("budgets").clone();
        budgets.into_iter().find(|one| one["kind"] == "cost_floor").expect("a cost floor")
    };
    assert!(floor(&deal.opportunity().await)["low"].is_null());
    let finance = deal.app.person(Role::Finance, "/").get(&deal.path("")).await.ok();
    assert_eq!(floor(&finance)["low"]["amount"], "80000.00");
    let history = deal.rep.get(&format!("{}/history", deal.customer_path())).await.ok().to_string();
    assert!(history.contains("opportunity.budget_stated.v1") && history.contains("customer_stated"), "{history}");
    assert!(!history.contains("8000000"), "{history}");
}

#[tokio::test]
async fn impossible_ranges_are_refused_by_field() {
    let deal = deal().await;
    let path = deal.path("/budgets/customer_stated");
    let wrong = deal.rep.put(&path, &range("20.00", "10.00")).await.refused(400, "invalid_request");
    assert_eq!(fields(&wrong), ["high"]);
    let missing = deal.rep.put(&path, &json!({})).await.refused(400, "invalid_request");
    assert_eq!(fields(&missing), ["low", "high"]);
    let other = deal.app.person(Role::SalesRep, ORG);
    other.put(&path, &range("1.00", "2.00")).await.refused(403, "forbidden");
}
