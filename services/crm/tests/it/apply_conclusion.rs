use chrono::Duration;
use contracts::ai_qa::v1::{ConclusionConfirmed, GetConclusionResponse};
use contracts::crm::v1::VisitConclusionApplied;
use contracts::shared::v1::Money;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ai_qa::Library;
use crate::support::{Deal, deal_with, seen};

async fn heard(text: &str) -> Deal {
    let conclusion = GetConclusionResponse { text: text.into(), ..GetConclusionResponse::default() };
    deal_with(|owner| Library { conclusion, ..Library::of(owner) }).await.0
}

fn confirmed(deal: &Deal, recording: &str, kind: &str) -> ConclusionConfirmed {
    ConclusionConfirmed {
        conclusion_id: deal.app.ids.new_id().to_string(),
        recording_id: recording.into(),
        owner_id: deal.rep.id().to_string(),
        kind: kind.into(),
        ..ConclusionConfirmed::default()
    }
}

async fn publish(deal: &Deal, event: &ConclusionConfirmed) {
    deal.app.publish(event, event.conclusion_id.parse().expect("an id"), 2).await;
}

async fn visited(deal: &Deal, recording: &str) -> Uuid {
    let mut visit = deal.visit(&["purchasing"]);
    visit["recording_id"] = recording.into();
    deal.rep.post("/api/visits", &visit).await.id()
}

async fn with_conclusions(deal: &Deal, visit: Uuid, count: usize) -> Value {
    let there = |view: &Value| view["conclusions"].as_array().map(Vec::len) == Some(count);
    seen(&deal.app, &deal.rep, &format!("/api/visits/{visit}"), there).await
}

#[tokio::test]
async fn a_confirmed_need_reaches_the_visit_and_the_opportunity_once() {
    let deal = heard("换线停产太久").await;
    let visit = visited(&deal, "rec-1").await;
    let need = confirmed(&deal, "rec-1", "need");
    let (event, aggregate) = (deal.app.ids.new_id(), need.conclusion_id.parse().expect("an id"));
    deal.app.publish_again(&need, event, aggregate, 2).await;
    deal.app.publish_again(&need, event, aggregate, 2).await;
    let amount = Money { minor: 90_000_000, currency: "CNY".into() };
    publish(&deal, &ConclusionConfirmed { amount: Some(amount), ..confirmed(&deal, "rec-1", "amount") }).await;
    let view = with_conclusions(&deal, visit, 2).await;
    assert_eq!((&view["pain"], &view["conclusions"][0]["text"]), (&json!("换线停产太久"), &json!("换线停产太久")));
    assert_eq!(view["conclusions"][1]["amount"], json!({ "amount": "900000.00", "currency": "CNY" }));
    assert_eq!(deal.opportunity().await["pain"], "换线停产太久");
    let applied = deal.app.events::<VisitConclusionApplied>(2).await;
    assert_eq!((applied[0].kind.as_str(), applied[0].visit_id.as_str()), ("need", visit.to_string().as_str()));
    assert_eq!(deal.app.count_events::<VisitConclusionApplied>().await, 2);
}

#[tokio::test]
async fn a_next_step_with_its_day_becomes_the_visits() {
    let deal = heard("带样机到现场演示").await;
    let visit = visited(&deal, "rec-1").await;
    let day = (deal.now() + Duration::days(9)).date_naive();
    let step = ConclusionConfirmed { date: day.to_string(), ..confirmed(&deal, "rec-1", "next_step") };
    publish(&deal, &ConclusionConfirmed { visit_id: visit.to_string(), ..step }).await;
    let view = with_conclusions(&deal, visit, 1).await;
    assert_eq!((&view["next_step"], &view["conclusions"][0]["date"]), (&json!("带样机到现场演示"), &json!(day)));
    assert!(view["next_step_at"].as_str().is_some_and(|at| at.starts_with(&day.to_string())), "{view}");
}

#[tokio::test]
async fn what_is_confirmed_before_the_visit_waits_for_it() {
    let deal = heard("恒岳").await;
    publish(&deal, &confirmed(&deal, "rec-1", "competitor")).await;
    // The same consumer takes them in order: when the second is applied, the first has been kept.
    let other = visited(&deal, "rec-2").await;
    publish(&deal, &confirmed(&deal, "rec-2", "competitor")).await;
    with_conclusions(&deal, other, 1).await;
    let visit = visited(&deal, "rec-1").await;
    let view = with_conclusions(&deal, visit, 1).await;
    assert_eq!((&view["competitor"], &view["version"]), (&json!("恒岳"), &json!(2)));
    assert_eq!(deal.opportunity().await["competitors"], json!(["恒岳"]));
}
