use contracts::crm::v1::{OpportunityAdvanceRefused, OpportunityEvidenceAttached, OpportunityStageChanged};
use kernel::Role;
use serde_json::json;

use crate::support::{ORG, deal, fields};

#[tokio::test]
async fn a_closed_gate_names_everything_missing_and_stays_in_the_journal() {
    let deal = deal().await;
    deal.reach_needs().await;
    let problem = deal.advance("proposal_quote").await.refused(422, "gate_closed");
    let missing =
        ["budgets.customer_stated", "budgets.cost_floor", "budgets.authorised_range", "technical_confirmation"];
    assert_eq!(fields(&problem), missing);
    let remedies = problem["errors"].as_array().expect("errors").iter().map(|error| error["remedy"].as_str());
    assert!(remedies.into_iter().all(|remedy| remedy.is_some_and(|text| !text.is_empty())));
    let refused: OpportunityAdvanceRefused = deal.app.event().await;
    assert_eq!(
        (refused.from.as_str(), refused.to.as_str(), refused.missing),
        ("needs", "proposal_quote", missing.map(str::to_owned).to_vec())
    );
    assert_eq!(deal.opportunity().await["stage"], "needs");
}

#[tokio::test]
async fn with_scan_and_budgets_it_enters_the_quote_stage_and_says_what_is_next() {
    let deal = deal().await;
    deal.reach_quote().await;
    let view = deal.opportunity().await;
    assert_eq!((view["stage"].as_str(), view["definition_version"].as_i64()), (Some("proposal_quote"), Some(1)));
    assert_eq!(
        (&view["stage_explained"]["title"]["zh"], &view["next_action"]["id"]),
        (&json!("方案报价"), &json!("quote"))
    );
    let moved = deal.app.events::<OpportunityStageChanged>(2).await.remove(1);
    assert_eq!(
        (moved.from.as_str(), moved.to.as_str(), moved.next_action.as_str()),
        ("needs", "proposal_quote", "quote")
    );
    let negotiation =
        view["stage_explained"]["moves"].as_array().expect("moves").iter().find(|one| one["to"] == "negotiation");
    assert_eq!(negotiation.expect("a move")["missing"][0]["field"], "quotes");
    let deadline = view["key_moments"].as_array().expect("moments").iter().find(|one| one["moment"] == "quote_sent");
    assert!(deadline.expect("a deadline of the process")["due_at"].is_string());
}

#[tokio::test]
async fn a_refused_key_is_free_again_and_a_used_one_replays() {
    let deal = deal().await;
    let to_needs = json!({ "to": "needs" });
    deal.rep.post_once("step", &deal.path("/advance"), &to_needs).await.refused(422, "gate_closed");
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    let first = deal.rep.post_once("step", &deal.path("/advance"), &to_needs).await.ok();
    let again = deal.rep.post_once("step", &deal.path("/advance"), &to_needs).await.ok();
    assert_eq!((first["stage"].as_str(), &again), (Some("needs"), &first));
    deal.app.event::<OpportunityStageChanged>().await;
    assert_eq!(deal.app.count_events::<OpportunityStageChanged>().await, 1);
}

#[tokio::test]
async fn there_is_no_way_around() {
    let deal = deal().await;
    let problem = deal.advance("won").await.refused(422, "transition_unknown");
    assert!(problem["errors"][0]["remedy"].as_str().is_some_and(|text| text.contains("needs")));
    deal.reach_quote().await;
    assert_eq!(fields(&deal.advance("won").await.refused(422, "gate_closed")), ["contract", "signed_contract"]);
}

#[tokio::test]
async fn losing_needs_a_reason_and_ends_it() {
    let deal = deal().await;
    let path = deal.path("/advance");
    assert_eq!(fields(&deal.rep.post(&path, &json!({ "to": "lost" })).await.refused(422, "gate_closed")), ["reason"]);
    let view = deal.rep.post(&path, &json!({ "to": "lost", "reason": "预算取消" })).await.ok();
    assert_eq!((view["stage"].as_str(), view["lost_reason"].as_str()), (Some("lost"), Some("预算取消")));
    deal.rep.patch(&deal.path(""), &json!({ "subject": "x" })).await.refused(409, "opportunity_ended");
    deal.advance("needs").await.refused(422, "transition_unknown");
}

#[tokio::test]
async fn another_rep_moves_nothing_and_attaches_nothing() {
    let deal = deal().await;
    let other = deal.app.person(Role::SalesRep, ORG);
    other.post(&deal.path("/advance"), &json!({ "to": "needs" })).await.refused(403, "forbidden");
    let evidence = json!({ "name": "technical_confirmation", "reference": "x", "sha256": "ab".repeat(32) });
    other.post(&deal.path("/evidence"), &evidence).await.refused(403, "forbidden");
    deal.app.person(Role::TechnicalLead, "/").post(&deal.path("/evidence"), &evidence).await.ok();
    let attached: OpportunityEvidenceAttached = deal.app.event().await;
    assert_eq!((attached.name.as_str(), attached.sha256), ("technical_confirmation", "ab".repeat(32)));
}

#[tokio::test]
async fn evidence_without_a_digest_is_refused() {
    let deal = deal().await;
    let path = deal.path("/evidence");
    let bad = json!({ "name": "Technical!", "reference": " " });
    assert_eq!(
        fields(&deal.rep.post(&path, &bad).await.refused(400, "invalid_request")),
        ["name", "reference", "sha256"]
    );
    let short = json!({ "name": "technical_confirmation", "reference": "x", "sha256": "abc" });
    assert_eq!(fields(&deal.rep.post(&path, &short).await.refused(400, "invalid_request")), ["sha256"]);
}
