use chrono::Duration;
use contracts::crm::v1::{ActionDone, ActionScheduled, KeyMomentMissed};
use kernel::Role;
use serde_json::json;

use crate::support::{ORG, deal, fields};

#[tokio::test]
async fn every_type_asks_for_its_own_field() {
    let deal = deal().await;
    let own = [
        ("appointment", "agreed_place", "客户二号会议室"),
        ("needs_diagnosis", "pain", "换型停机 4 小时"),
        ("demonstration", "shown_solution", "在线换型演示"),
        ("objection_handling", "objection", "担心交期"),
        ("quote_confirmation", "quote_id", "0190a000-0000-7000-8000-000000000001"),
    ];
    for (at, (kind, field, value)) in own.into_iter().enumerate() {
        let path = format!("{}/done", deal.planned(kind).await);
        let done_at = deal.now() - Duration::hours(10 - i64::try_from(at).expect("small"));
        let problem = deal.rep.post(&path, &deal.done(done_at, "unrelated", "x")).await;
        problem.refused(400, "invalid_request");
        let mut bare = deal.done(done_at, field, value);
        bare[field] = serde_json::Value::Null;
        assert_eq!(fields(&deal.rep.post(&path, &bare).await.refused(400, "invalid_request")), [field]);
        let view = deal.rep.post(&path, &deal.done(done_at, field, value)).await.ok();
        assert_eq!((view["done"]["own_value"].as_str(), view["own_field"].as_str()), (Some(value), Some(field)));
    }
    deal.app.events::<ActionScheduled>(5).await;
    assert_eq!(deal.app.events::<ActionDone>(5).await[1].kind, "needs_diagnosis");
    assert_eq!(deal.opportunity().await["pain"], "换型停机 4 小时");
    let done = deal.rep.get("/api/actions?done=true&kind=demonstration").await.ok();
    assert_eq!(done["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_future_and_ten_minutes_later_are_refused_with_the_reason() {
    let deal = deal().await;
    let (first, second) = (deal.planned("appointment").await, deal.planned("appointment").await);
    let (first, second) = (format!("{first}/done"), format!("{second}/done"));
    let at = |minutes: i64| deal.done(deal.now() + Duration::minutes(minutes), "agreed_place", "客户现场");
    let problem = deal.rep.post(&first, &at(5)).await.refused(422, "action_in_future");
    assert_eq!(fields(&problem), ["done_at"]);
    deal.rep.post(&first, &at(-60)).await.ok();
    let problem = deal.rep.post(&second, &at(-50)).await.refused(422, "action_too_close");
    assert!(problem["errors"][0]["reason"].as_str().is_some_and(|reason| reason.contains("10 分钟")), "{problem}");
    deal.rep.post(&second, &at(-70)).await.refused(422, "action_too_close");
    deal.rep.post(&second, &at(-30)).await.ok();
    deal.rep.post(&second, &at(-30)).await.refused(409, "action_done_before");
}

#[tokio::test]
async fn two_at_once_cannot_both_be_done_at_the_same_time() {
    let deal = deal().await;
    let mut paths = Vec::new();
    for _ in 0..4 {
        paths.push(format!("{}/done", deal.planned("appointment").await));
    }
    let done = deal.done(deal.now() - Duration::minutes(5), "agreed_place", "客户现场");
    let mut tasks = tokio::task::JoinSet::new();
    for path in paths {
        let (rep, done) = (deal.rep.clone(), done.clone());
        tasks.spawn(async move { rep.post(&path, &done).await.status.as_u16() });
    }
    let mut answers = tasks.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers, [200, 422, 422, 422]);
}

#[tokio::test]
async fn a_completion_tells_everything_missing_at_once_and_repeats_under_its_key() {
    let deal = deal().await;
    let path = format!("{}/done", deal.planned("demonstration").await);
    let problem = deal.rep.post(&path, &json!({})).await.refused(400, "invalid_request");
    assert_eq!(
        fields(&problem),
        ["done_at", "summary", "shown_solution", "linked_communication", "next_step", "next_step_at"]
    );
    let done = deal.done(deal.now(), "shown_solution", "样机");
    let first = deal.rep.post_once("d", &path, &done).await.ok();
    assert_eq!(deal.rep.post_once("d", &path, &done).await.ok(), first);
    deal.app.event::<ActionDone>().await;
    assert_eq!(deal.app.count_events::<ActionDone>().await, 1);
}

#[tokio::test]
async fn only_who_planned_it_finishes_it() {
    let deal = deal().await;
    let action = deal.planned("appointment").await;
    let other = deal.app.person(Role::SalesRep, ORG);
    let done = deal.done(deal.now(), "agreed_place", "客户现场");
    other.post(&format!("{action}/done"), &done).await.refused(403, "forbidden");
    other.get(&action).await.refused(404, "action_not_found");
    let plan = json!({ "opportunity_id": deal.opportunity, "kind": "appointment", "planned_at": deal.now() });
    other.post("/api/actions", &plan).await.refused(403, "forbidden");
    assert_eq!(
        fields(&deal.rep.post("/api/actions", &json!({})).await.refused(400, "invalid_request")),
        ["opportunity_id", "kind", "planned_at"]
    );
}

#[tokio::test]
async fn a_demonstration_without_confirmed_pain_within_a_day_misses_the_moment() {
    let deal = deal().await;
    let path = format!("{}/done", deal.planned("demonstration").await);
    deal.rep.post(&path, &deal.done(deal.now(), "shown_solution", "样机")).await.ok();
    deal.app.clock.advance(Duration::hours(24)).expect("movable");
    let missed: KeyMomentMissed = deal.app.event().await;
    assert_eq!((missed.moment.as_str(), missed.opportunity_id), ("pain_confirmed", deal.opportunity.to_string()));
    deal.opportunity_when(|view| view["key_moments"][1]["missed_at"].is_string()).await;
}

#[tokio::test]
async fn pain_confirmed_in_time_meets_the_moment() {
    let deal = deal().await;
    let path = format!("{}/done", deal.planned("demonstration").await);
    deal.rep.post(&path, &deal.done(deal.now(), "shown_solution", "样机")).await.ok();
    deal.app.clock.advance(Duration::hours(2)).expect("movable");
    let path = format!("{}/done", deal.planned("needs_diagnosis").await);
    deal.rep.post(&path, &deal.done(deal.now(), "pain", "换型慢")).await.ok();
    assert!(deal.opportunity().await["key_moments"][1]["met_at"].is_string());
    let second = format!("{}/done", deal.planned("demonstration").await);
    deal.app.clock.advance(Duration::hours(1)).expect("movable");
    deal.rep.post(&second, &deal.done(deal.now(), "shown_solution", "样机二")).await.ok();
    deal.app.clock.advance(Duration::hours(30)).expect("movable");
    deal.app.event::<KeyMomentMissed>().await;
    assert_eq!(deal.app.count_events::<KeyMomentMissed>().await, 1, "only the second demonstration's");
}
