use contracts::ai_qa::v1::{
    CalibrationRefitted, CalibrationReverted, PracticeAssigned, PracticeDone, ReviewCommented, ReviewOverridden,
    TalkTrackChanged,
};
use kernel::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ear::{Ear, voice};
use crate::scoring::{BAD, GOOD, answered, drawn, path};
use crate::support::{Suite, start, start_hearing, upload};
use crate::talk_tracks::price_track;

async fn hearing() -> Suite {
    let ear = Ear::default();
    ear.says(4, GOOD);
    ear.says(5, BAD);
    start_hearing(&ear).await
}

#[tokio::test]
async fn who_needs_a_coach_most_comes_first() {
    let suite = hearing().await;
    let (coach, good) = drawn(&suite, 1, Some(&price_track())).await;
    let (_, human) = drawn(&suite, 2, None).await;
    let (_, bad) = drawn(&suite, 3, Some(&price_track())).await;
    answered(&suite, &good, 4, "质保三年").await;
    answered(&suite, &human, 4, "质保三年").await;
    answered(&suite, &bad, 5, "改天再说").await;
    let queue = coach.get("/api/reviews/queue").await.ok();
    let ids: Vec<_> = queue.as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, [&bad["id"], &human["id"], &good["id"]]);
    assert_eq!(coach.get("/api/reviews/queue?limit=1").await.ok()[0]["id"], bad["id"], "the next");
    assert_eq!(coach.get("/api/reviews/queue?outcome=needs_human").await.ok().as_array().map(Vec::len), Some(1));
    let objection = good["objection_id"].as_str().expect("an id");
    let of_one = coach.get(&format!("/api/reviews/queue?objection_id={objection}")).await.ok();
    assert_eq!(of_one[0]["id"], good["id"]);
    coach.post(&format!("{}/decide", path(&bad)), &json!({ "decision": "practice" })).await.ok();
    assert_eq!(coach.get("/api/reviews/queue?limit=1").await.ok()[0]["id"], human["id"], "decided ones are gone");
    let far = suite.app.person(Role::SalesCoach, "/huabei/");
    assert_eq!(far.get("/api/reviews/queue").await.ok(), json!([]));
}

#[tokio::test]
async fn a_coach_remarks_overrides_and_assigns_practice() {
    let suite = hearing().await;
    let (coach, review) = drawn(&suite, 1, Some(&price_track())).await;
    answered(&suite, &review, 5, "改天再说").await;
    let path = path(&review);
    for (at, text) in [(3_000, "这里要讲质保"), (500, "开头不错")] {
        coach.post(&format!("{path}/comments"), &json!({ "at_ms": at, "text": text })).await.ok();
    }
    suite.rep.post(&format!("{path}/comments"), &json!({ "at_ms": 1, "text": "x" })).await.refused(403, "forbidden");
    let comments = suite.rep.get(&format!("{path}/comments")).await.ok();
    assert_eq!((&comments[0]["text"], &comments[1]["at_ms"]), (&json!("开头不错"), &json!(3_000)));
    assert_eq!(suite.app.events::<ReviewCommented>(2).await[0].at_ms, 3_000);

    let body =
        json!({ "percent": 75, "reason": "换了说法，意思到了", "points": [{ "point": "warranty", "covered": true }] });
    suite.rep.post(&format!("{path}/override"), &body).await.refused(403, "forbidden");
    let wrong = coach.post(&format!("{path}/override"), &json!({ "percent": 120, "reason": "" })).await;
    assert_eq!(wrong.refused(400, "invalid_request")["errors"].as_array().map(Vec::len), Some(2));
    let now = coach.post_once("o", &format!("{path}/override"), &body).await.ok();
    assert_eq!(
        (&now["percent"], &now["outcome"]),
        (&json!(75), &json!("needs_coaching")),
        "what the machine said stays"
    );
    let event: ReviewOverridden = suite.app.event().await;
    assert!(event.wrong_flag && event.score == 75 && event.score_before < 60);
    let judgements = coach.get(&format!("{path}/judgements")).await.ok();
    assert_eq!((&judgements[0]["reason"], &judgements[0]["passed"]), (&body["reason"], &json!(true)));

    let yesterday = (suite.app.clock.now() - chrono::Duration::days(2)).date_naive();
    let due = (suite.app.clock.now() + chrono::Duration::days(3)).date_naive();
    let assign = format!("{path}/practices");
    coach.post(&assign, &json!({ "due": yesterday })).await.refused(400, "invalid_request");
    let practice = coach.post(&assign, &json!({ "due": due, "note": "再练一遍" })).await.ok();
    let assigned: PracticeAssigned = suite.app.event().await;
    assert_eq!((json!(assigned.practice_id), assigned.due), (practice["id"].clone(), due.to_string()));
    assert_eq!(suite.rep.get("/api/practices?state=assigned").await.ok()["items"][0]["note"], "再练一遍");
    let done = format!("/api/practices/{}/done", practice["id"].as_str().expect("an id"));
    let colleague = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    let theirs = upload(&colleague, voice(2)).await;
    suite.rep.post(&done, &json!({ "recording_id": theirs })).await.refused(422, "recording_not_usable");
    let own = upload(&suite.rep, voice(2)).await;
    colleague.post(&done, &json!({ "recording_id": own })).await.refused(403, "forbidden");
    assert_eq!(suite.rep.post(&done, &json!({ "recording_id": own })).await.ok()["state"], "done");
    suite.rep.post(&done, &json!({ "recording_id": own })).await.refused(409, "practice_done");
    let event: PracticeDone = suite.app.event().await;
    assert_eq!((event.recording_id, event.late), (own.to_string(), false));
}

#[tokio::test]
async fn agreement_and_quality_are_measured() {
    let suite = hearing().await;
    let (coach, good) = drawn(&suite, 1, Some(&price_track())).await;
    let (_, bad) = drawn(&suite, 2, Some(&price_track())).await;
    answered(&suite, &good, 4, "质保三年").await;
    answered(&suite, &bad, 5, "改天再说").await;
    let passed = json!({ "decision": "passed", "resolved": true });
    coach.post(&format!("{}/decide", path(&good)), &passed).await.ok();
    coach.post(&format!("{}/override", path(&bad)), &json!({ "percent": 80, "reason": "可以" })).await.ok();
    let second = suite.app.person(Role::SalesCoach, "/huadong/");
    second.post(&format!("{}/override", path(&good)), &json!({ "percent": 90, "reason": "很好" })).await.ok();
    let days = format!("from={0}&until={0}", (suite.app.clock.now() + chrono::Duration::hours(8)).date_naive());

    let report = coach.get(&format!("/api/coaching/agreement?{days}")).await.ok();
    assert_eq!(report["coaches"]["judged"], 1, "{report}");
    assert_eq!((&report["with_machine"]["judged"], &report["with_machine"]["observed"]), (&json!(2), &json!(0.5)));
    assert_eq!(report["wrong_flags"], json!({ "part": 1, "of": 1 }));
    suite.rep.get(&format!("/api/coaching/agreement?{days}")).await.refused(403, "forbidden");

    let share = async |by: &str| coach.get(&format!("/api/coaching/quality?{days}&by={by}")).await.ok();
    assert_eq!(share("rep").await, json!([{ "key": suite.rep.id(), "part": 2, "of": 2 }]));
    assert_eq!(share("team").await[0]["key"], "/huadong/shanghai/");
    assert_eq!(share("objection").await.as_array().map(Vec::len), Some(2));
    let months = coach.get(&format!("/api/coaching/resolution?{days}")).await.ok();
    assert_eq!((&months[0]["part"], &months[0]["of"]), (&json!(1), &json!(1)));
    let far = suite.app.person(Role::SalesCoach, "/huabei/");
    assert_eq!(far.get(&format!("/api/coaching/quality?{days}&by=rep")).await.ok(), json!([]));
}

#[tokio::test]
async fn a_passed_answer_becomes_an_example() {
    let suite = hearing().await;
    let (coach, review) = drawn(&suite, 1, Some(&price_track())).await;
    answered(&suite, &review, 4, "质保三年").await;
    let track = coach.get("/api/talk-tracks").await.ok()["items"][0]["id"].as_str().expect("an id").to_owned();
    let examples = format!("/api/talk-tracks/{track}/examples");
    let promote = json!({ "review_id": review["id"], "point": "warranty" });
    coach.post(&examples, &promote).await.refused(422, "not_an_example");
    coach.post(&format!("{}/decide", path(&review)), &json!({ "decision": "passed" })).await.ok();
    suite.rep.post(&examples, &promote).await.refused(403, "forbidden");
    let made = coach.post(&examples, &promote).await.ok();
    assert!(made["text"].as_str().expect("words").contains("质保"), "{made}");
    assert!(made["end_ms"].as_i64() > made["start_ms"].as_i64());
    coach.post(&examples, &promote).await.refused(409, "example_before");
    assert_eq!(suite.rep.get(&examples).await.ok()[0]["review_id"], review["id"]);
    let events = suite.app.events::<TalkTrackChanged>(2).await;
    assert_eq!((events[1].what.as_str(), events[1].version), ("example_added", 1));
    let recording = made["recording_id"].as_str().expect("an id");
    assert_eq!(suite.rep.delete(&format!("/api/recordings/{recording}/content")).await.status.as_u16(), 204);
    assert_eq!(suite.rep.get(&examples).await.ok()[0]["text"], Value::Null, "words go with the content");
}

#[tokio::test]
async fn scores_follow_coaches_after_two_hundred_decisions_and_can_go_back() {
    let suite = start().await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    suite.rep.post("/api/calibrations", &json!({})).await.refused(403, "forbidden");
    coach.post("/api/calibrations", &json!({})).await.refused(422, "too_few_decisions");
    decisions(&suite, 220).await;
    let made = coach.post_once("fit", "/api/calibrations", &json!({})).await.ok();
    assert_eq!((&made["version"], &made["decisions"]), (&json!(1), &json!(220)));
    assert_eq!(coach.post_once("fit", "/api/calibrations", &json!({})).await.ok(), made);
    let event: CalibrationRefitted = suite.app.event().await;
    assert_eq!((event.version, event.decisions), (1, 220));
    coach.post("/api/calibrations/7/restore", &json!({})).await.refused(404, "calibration_not_found");
    let back = coach.post("/api/calibrations/0/restore", &json!({})).await.ok();
    assert_eq!((&back["version"], &back["restored_from"]), (&json!(2), &json!(0)));
    let event: CalibrationReverted = suite.app.event().await;
    assert_eq!((event.version, event.to_version), (2, 0));
    let versions = coach.get("/api/calibrations").await.ok();
    assert_eq!(versions.as_array().expect("a list").iter().map(|one| &one["version"]).collect::<Vec<_>>(), [2, 1]);
}

/// Answers that were scored and judged long ago: the higher the raw share, the likelier a coach passed it.
async fn decisions(suite: &Suite, count: u128) {
    let mut db = suite.app.admin().await;
    let now = suite.app.clock.now();
    let objection = Uuid::from_u128(1);
    sqlx::query(
        "insert into ai_qa.objections (id, tenant_id, text, industry, created_by, created_at, version) values ($1, $2, '贵', '家具', $1, $3, 1)",
    )
    .bind(objection)
    .bind(testkit::TENANT.0)
    .bind(now)
    .execute(&mut db)
    .await
    .expect("stored");
    for number in 0..count {
        let (id, raw) = (Uuid::from_u128(10_000 + number), number as f64 / count as f64);
        let score = json!({ "percent": 50, "raw": raw, "confidence": 0.8, "covered": [], "missing": [], "forbidden": [],
            "contradictions": [], "versions": { "method": 1, "track": 1, "library": 1, "calibration": 0, "encoder": null } });
        sqlx::query(
            "with review as (insert into ai_qa.reviews (id, tenant_id, org, owner_id, visit_id, customer_id, objection_id,
                 objection_text, state, drawn_at, answered_at, version)
                 values ($1, $2, '/huadong/', $1, $1, $1, $3, '贵', 'decided', $4, $4, 3) returning id),
             scored as (insert into ai_qa.scores (id, tenant_id, review_id, number, outcome, percent, reasons, score, calibration, scored_at)
                 select id, $2, id, 1, 'good', 50, '[]', $5, 0, $4 from review)
             insert into ai_qa.judgements (id, tenant_id, review_id, coach_id, passed, made_at) select id, $2, id, $1, $6, $4 from review",
        )
        .bind(id)
        .bind(testkit::TENANT.0)
        .bind(objection)
        .bind(now - chrono::Duration::hours(1))
        .bind(score)
        .bind(number % 7 != 0 && raw > 0.4)
        .execute(&mut db)
        .await
        .expect("stored");
    }
}
