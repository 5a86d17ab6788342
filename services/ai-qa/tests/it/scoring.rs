use contracts::ai_qa::v1::{ReviewFlagged, ReviewNeedsHuman, ReviewScored};
use contracts::crm::v1::VisitRecorded;
use kernel::Role;
use serde_json::{Value, json};
use testkit::Client;
use uuid::Uuid;

use crate::ear::{Ear, silence, voice};
use crate::support::{Suite, start_hearing, transcribed, upload};
use crate::talk_tracks::{add, price_track};

pub const GOOD: &str = "我们整机质保三年终身维护。按五年算总成本反而更低";
pub const BAD: &str = "今天天气不错。改天一起吃饭";

/// A coach, and a review of a visit whose objection has a talk track when `answered_by` is one.
pub async fn drawn(suite: &Suite, number: u128, track: Option<&Value>) -> (Client, Value) {
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let industry = format!("行业{number}");
    let objection = json!({ "text": "比同行贵两成", "industry": industry });
    let objection = coach.post("/api/objections", &objection).await.id();
    if let Some(track) = track {
        let mut track = track.clone();
        track["objection_ids"] = json!([objection]);
        add(suite, &track).await;
    }
    let visit = Uuid::from_u128(500 + number);
    let recorded = VisitRecorded {
        visit_id: visit.to_string(),
        customer_id: Uuid::from_u128(60).to_string(),
        rep_id: suite.rep.id().to_string(),
        org: "/huadong/shanghai/".into(),
        industry,
        ..Default::default()
    };
    suite.app.publish(&recorded, visit, 1).await;
    let review = async || {
        let page = suite.rep.get("/api/reviews").await.ok();
        let reviews = page["items"].as_array().cloned().expect("a list");
        reviews.into_iter().find(|one| one["visit_id"] == json!(visit))
    };
    let review = suite.app.eventually("a review", review).await;
    (coach, review)
}

pub fn path(review: &Value) -> String {
    format!("/api/reviews/{}", review["id"].as_str().expect("an id"))
}

/// Answers with a recording of so many seconds; answers the review once it is scored.
pub async fn answered(suite: &Suite, review: &Value, seconds: usize, text: &str) -> Value {
    let recording = upload(&suite.rep, voice(seconds)).await;
    let answer = json!({ "text": text, "recording_id": recording });
    suite.rep.post(&format!("{}/answer", path(review)), &answer).await.ok();
    scored(suite, review).await
}

async fn scored(suite: &Suite, review: &Value) -> Value {
    let now = async || {
        let now = suite.rep.get(&path(review)).await.ok();
        (!now["outcome"].is_null()).then_some(now)
    };
    suite.app.eventually("the answer is scored", now).await
}

#[tokio::test]
async fn a_good_answer_passes_and_explains_itself() {
    let ear = Ear::default();
    ear.says(4, GOOD);
    let suite = start_hearing(&ear).await;
    let (_, review) = drawn(&suite, 1, Some(&price_track())).await;
    let now = answered(&suite, &review, 4, "质保三年，五年总成本更低").await;
    assert_eq!(now["outcome"], "good", "{now}");
    assert!(now["percent"].as_i64() >= Some(60), "{now}");
    let score = suite.rep.get(&format!("{}/score", path(&review))).await.ok();
    let covered: Vec<_> = score["covered"].as_array().expect("a list").iter().map(|one| &one["point"]).collect();
    assert!(covered.contains(&&json!("warranty")) && covered.contains(&&json!("cost")), "{score}");
    let warranty =
        score["covered"].as_array().expect("a list").iter().find(|one| one["point"] == "warranty").expect("covered");
    assert!(!warranty["sentences"].as_array().expect("a list").is_empty(), "{score}");
    assert_eq!((&score["talk_track_version"], &score["model"]), (&json!(1), &json!("ear")));
    assert!(score["covered"][0].get("raw").is_none(), "raw values are never shown");
    let event: ReviewScored = suite.app.event().await;
    assert_eq!((event.verdict.as_str(), i64::from(event.score)), ("good", now["percent"].as_i64().expect("a score")));
    assert_eq!(suite.app.count_events::<ReviewFlagged>().await, 0);
}

#[tokio::test]
async fn an_answer_that_says_nothing_of_it_waits_for_coaching() {
    let ear = Ear::default();
    ear.says(4, BAD);
    let suite = start_hearing(&ear).await;
    let (coach, review) = drawn(&suite, 1, Some(&price_track())).await;
    let now = answered(&suite, &review, 4, "改天再说").await;
    assert_eq!((&now["outcome"], &now["state"]), (&json!("needs_coaching"), &json!("waiting_review")));
    let queue = coach.get("/api/reviews?outcome=needs_coaching").await.ok();
    assert_eq!(queue["items"][0]["id"], review["id"]);
    let score = coach.get(&format!("{}/score", path(&review))).await.ok();
    assert_eq!(score["missing"].as_array().map(Vec::len), Some(2), "{score}");
    let flagged: ReviewFlagged = suite.app.event().await;
    assert_eq!((json!(flagged.review_id), flagged.rep_id), (review["id"].clone(), suite.rep.id().to_string()));
    assert!(flagged.score < 60);
}

#[tokio::test]
async fn what_the_machine_cannot_judge_goes_to_a_human_and_is_no_flag() {
    let ear = Ear::default();
    ear.says(4, GOOD);
    ear.says(5, BAD);
    let suite = start_hearing(&ear).await;
    let (_, silent) = drawn(&suite, 1, Some(&price_track())).await;
    let recording = upload(&suite.rep, silence(3)).await;
    suite
        .rep
        .post(&format!("{}/answer", path(&silent)), &json!({ "text": GOOD, "recording_id": recording }))
        .await
        .ok();
    assert_eq!(scored(&suite, &silent).await["outcome"], "needs_human", "nothing was said");

    let (_, untracked) = drawn(&suite, 2, None).await;
    answered(&suite, &untracked, 4, "好").await;
    let score = suite.rep.get(&format!("{}/score", path(&untracked))).await.ok();
    assert_eq!((&score["outcome"], &score["reasons"]), (&json!("needs_human"), &json!(["no_talk_track"])));

    let (_, typed) = drawn(&suite, 3, Some(&price_track())).await;
    let now = answered(&suite, &typed, 5, "整机质保三年，终身维护。按五年算总成本反而更低").await;
    assert_eq!((&now["outcome"], &now["percent"]), (&json!("needs_human"), &Value::Null), "typed is not said");
    let events = suite.app.events::<ReviewNeedsHuman>(3).await;
    let reasons: Vec<_> = events.iter().map(|one| one.reason.as_str()).collect();
    assert!(reasons.contains(&"no_talk_track") && reasons.contains(&"text_and_speech_differ"), "{reasons:?}");
    assert_eq!(suite.app.count_events::<ReviewFlagged>().await, 0);
}

#[tokio::test]
async fn an_answer_is_scored_once_whether_it_or_the_transcript_comes_first() {
    let ear = Ear::default();
    ear.says(4, GOOD);
    let suite = start_hearing(&ear).await;
    let (_, review) = drawn(&suite, 1, Some(&price_track())).await;
    let recording = upload(&suite.rep, voice(4)).await;
    transcribed(&suite, &suite.rep, recording).await;
    let answer = json!({ "text": "质保三年", "recording_id": recording });
    suite.rep.post(&format!("{}/answer", path(&review)), &answer).await.ok();
    scored(&suite, &review).await;
    let (_, other) = drawn(&suite, 2, Some(&price_track())).await;
    answered(&suite, &other, 4, "质保三年").await;
    let scores: i64 = sqlx::query_scalar("select count(*) from ai_qa.scores")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("counted");
    suite.app.events::<ReviewScored>(2).await;
    assert_eq!((scores, suite.app.count_events::<ReviewScored>().await), (2, 2));
}
