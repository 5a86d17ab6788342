use contracts::ai_qa::v1::{ConclusionConfirmed, ConclusionOffered, ConclusionRejected, ObjectionCandidateDecided};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Answer, Client};
use uuid::Uuid;

use crate::ear::{Ear, call};
use crate::support::{Suite, chunk, start_hearing};

const VISIT: Uuid = Uuid::from_u128(77);

/// A call in which the customer has a budget, an objection and a wish.
async fn visited() -> (Suite, Uuid) {
    let ear = Ear::default();
    ear.says(3, "您这次大概准备投入多少");
    ear.says(8, "我们的预算是八十万左右。你们的价格太贵了比别家高两成。下周三之前给我报价");
    let suite = start_hearing(&ear).await;
    let bytes = call(3, 8);
    let new = json!({ "bytes": bytes.len(), "consent": true, "visit_id": VISIT });
    let id = suite.rep.post("/api/recordings", &new).await.id();
    Answer::of(chunk(&suite.rep, id, 0, bytes)).await.ok();
    (suite, id)
}

async fn offers(client: &Client, query: &str) -> Vec<Value> {
    client.get(&format!("/api/conclusions{query}")).await.ok()["items"].as_array().cloned().expect("a list")
}

#[tokio::test]
async fn what_was_concluded_counts_when_the_rep_says_so() {
    let (suite, recording) = visited().await;
    let amount = async || offers(&suite.rep, "?state=offered").await.into_iter().find(|one| one["kind"] == "amount");
    let offer = suite.app.eventually("an amount is offered", amount).await;
    assert_eq!((&offer["amount_minor"], &offer["visit_id"]), (&json!(80_000_000), &json!(VISIT)));
    assert_eq!(offer["recording_id"], json!(recording));
    let event: ConclusionOffered = suite.app.event().await;
    assert_eq!(event.visit_id, VISIT.to_string());

    let path = format!("/api/conclusions/{}", offer["id"].as_str().expect("an id"));
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    assert!(!offers(&coach, "").await.is_empty(), "the coach sees them");
    coach.post(&format!("{path}/confirm"), &json!({})).await.refused(403, "forbidden");
    suite.rep.post(&format!("{path}/confirm"), &json!({ "amount_minor": 0 })).await.refused(400, "invalid_request");
    let corrected = json!({ "amount_minor": 85_000_000 });
    let now = suite.rep.post_once("c", &format!("{path}/confirm"), &corrected).await.ok();
    assert_eq!((&now["state"], &now["amount_minor"]), (&json!("confirmed"), &json!(85_000_000)));
    suite.rep.post(&format!("{path}/reject"), &json!({})).await.refused(409, "decided_before");
    let event: ConclusionConfirmed = suite.app.event().await;
    let money = event.amount.expect("an amount");
    assert_eq!((event.kind.as_str(), money.minor, money.currency.as_str()), ("amount", 85_000_000, "CNY"));

    let other = offers(&suite.rep, "?state=offered").await.pop().expect("another one");
    let path = format!("/api/conclusions/{}/reject", other["id"].as_str().expect("an id"));
    assert_eq!(suite.rep.post(&path, &json!({})).await.ok()["state"], "rejected");
    let _: ConclusionRejected = suite.app.event().await;
    let colleague = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    assert!(offers(&colleague, "").await.is_empty());
}

#[tokio::test]
async fn words_that_nobody_confirmed_go_with_the_recording() {
    let (suite, recording) = visited().await;
    let amount = async || offers(&suite.rep, "").await.into_iter().find(|one| one["kind"] == "amount");
    let offer = suite.app.eventually("an amount is offered", amount).await;
    assert!(offer["text"].is_string());
    assert_eq!(suite.rep.delete(&format!("/api/recordings/{recording}/content")).await.status.as_u16(), 204);
    assert!(offers(&suite.rep, "").await.iter().all(|one| one["text"].is_null()));
}

#[tokio::test]
async fn an_objection_that_was_heard_is_offered_for_the_library() {
    let (suite, _) = visited().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let mined =
        async || coach.get("/api/objection-candidates?state=mined").await.ok()["items"].as_array()?.first().cloned();
    let candidate = suite.app.eventually("an objection is heard", mined).await;
    assert!(candidate["text"].as_str().expect("words").contains("贵"), "{candidate}");
    assert_eq!(candidate["rep_id"], json!(suite.rep.id()));
    let path = format!("/api/objection-candidates/{}", candidate["id"].as_str().expect("an id"));
    let accept = json!({ "industry": "家具" });
    suite.rep.post(&format!("{path}/accept"), &accept).await.refused(403, "forbidden");
    coach.post(&format!("{path}/accept"), &json!({})).await.refused(400, "invalid_request");
    let now = coach.post(&format!("{path}/accept"), &accept).await.ok();
    let objection = coach.get(&format!("/api/objections/{}", now["objection_id"].as_str().expect("an id"))).await.ok();
    assert_eq!((&objection["text"], &objection["industry"]), (&candidate["text"], &json!("家具")));
    coach.post(&format!("{path}/reject"), &json!({})).await.refused(409, "decided_before");
    let event: ObjectionCandidateDecided = suite.app.event().await;
    assert_eq!((event.decision.as_str(), json!(event.objection_id)), ("accepted", now["objection_id"].clone()));
}
