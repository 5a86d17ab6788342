use std::path::Path;

use chrono::Duration;
use contracts::ai_qa::v1::{TranscriptCancelled, TranscriptCompleted, TranscriptDeleted};
use kernel::Role;
use serde_json::json;
use testkit::TENANT;
use uuid::Uuid;

use crate::ear::{Ear, voice};
use crate::support::{Suite, link, show, start, start_hearing, start_with, transcribed, upload};

#[tokio::test]
async fn a_recording_is_written_down_once_and_numbers_of_people_are_masked() {
    let ear = Ear::default();
    ear.says(4, "您好我们质保三年。我的电话是幺三八幺二三四五六七八");
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(4)).await;
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!((&transcript["state"], &transcript["percent"]), (&json!("completed"), &json!(100)));
    let texts: Vec<_> = transcript["sentences"].as_array().expect("a list").iter().map(|one| &one["text"]).collect();
    assert_eq!(texts, ["您好我们质保三年", "我的电话是【电话】"]);
    let first = &transcript["sentences"][0];
    assert_eq!((&first["number"], &first["speaker"]), (&json!(0), &json!("mono")));
    assert!(first["end_ms"].as_i64() > first["start_ms"].as_i64());

    let event: TranscriptCompleted = suite.app.event().await;
    assert_eq!((event.recording_id, event.sentences, event.model.as_str()), (id.to_string(), 2, "ear"));
    assert_eq!(json!(event.sha256), transcript["sha256"]);
    assert_eq!((suite.app.count_events::<TranscriptCompleted>().await, ear.heard().len()), (1, 1));
    let rest = suite.rep.get(&format!("/api/recordings/{id}/transcript?after=1")).await.ok();
    assert_eq!(rest["sentences"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn names_of_competitors_are_listened_for() {
    let ear = Ear::default();
    ear.says(2, "他们也在看恒远");
    let suite = start_hearing(&ear).await;
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    let sheet = json!({ "competitor": "恒远机床", "aliases": ["恒远"],
        "rows": [{ "aspect": "质保", "ours": "三年", "theirs": "一年" }] });
    coach.post("/api/comparison-sheets", &sheet).await.id();
    let id = upload(&suite.rep, voice(2)).await;
    transcribed(&suite, &suite.rep, id).await;
    assert_eq!(ear.hinted(), ["恒远机床", "恒远"]);
}

#[tokio::test]
async fn only_those_who_may_hear_the_recording_read_it() {
    let ear = Ear::default();
    ear.says(2, "好的");
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(2)).await;
    transcribed(&suite, &suite.rep, id).await;
    let path = format!("/api/recordings/{id}/transcript");
    for (role, org, status) in [
        (Role::SalesCoach, "/huadong/", 200),
        (Role::SalesRep, "/huadong/shanghai/", 403),
        (Role::SalesCoach, "/huabei/", 403),
    ] {
        assert_eq!(suite.app.person(role, org).get(&path).await.status.as_u16(), status, "{role:?} at {org}");
    }
    suite
        .rep
        .get(&format!("/api/recordings/{}/transcript", uuid::Uuid::nil()))
        .await
        .refused(404, "transcript_not_found");
}

#[tokio::test]
async fn without_a_model_recordings_wait_and_everybody_is_told() {
    let suite = start().await;
    let id = upload(&suite.rep, voice(2)).await;
    let transcript = suite.rep.get(&format!("/api/recordings/{id}/transcript")).await.ok();
    assert_eq!(
        (&transcript["state"], &transcript["percent"], &transcript["sentences"]),
        (&json!("waiting"), &json!(0), &json!([]))
    );
    let missing = async || {
        let queue = suite.rep.get("/api/transcripts/queue").await.ok();
        let why = queue["missing"].as_str().expect("a reason").to_owned();
        (why.contains("deploy/models/sluice-zh-small") && queue["model"].is_null()).then_some(queue)
    };
    let queue = suite.app.eventually("the folder was looked for", missing).await;
    assert_eq!((&queue["waiting"], &queue["working"]), (&json!(1), &json!(0)));
    let ready = suite.app.visitor().get(format!("{}/readyz", suite.app.base_url)).send().await.expect("an answer");
    assert_eq!(ready.status().as_u16(), 200, "the service works without a model");
    let said: serde_json::Value = ready.json().await.expect("json");
    assert!(said["transcription"].as_str().expect("said").starts_with("recordings wait: there is no folder"), "{said}");
}

#[tokio::test]
async fn a_model_that_arrives_later_is_found() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../libs/speech/tests/fixtures/single-80");
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("model");
    let path = format!("{:?}", folder.to_str().expect("utf-8"));
    let suite = start_with(ai_qa::definition(), &[(&["service", "transcription", "model_folder"], &path)]).await;
    let id = upload(&suite.rep, voice(2)).await;
    assert_eq!(show(&suite.rep, id).await["state"], "stored");
    std::os::unix::fs::symlink(model.canonicalize().expect("a fixture"), &folder).expect("linked");
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!((&transcript["state"], &transcript["model"]), (&json!("completed"), &json!("model")));
    let queue = suite.rep.get("/api/transcripts/queue").await.ok();
    assert_eq!((&queue["model"], &queue["missing"]), (&json!("model"), &json!(null)));
}

#[tokio::test]
async fn words_go_with_the_content_and_their_hash_stays() {
    let ear = Ear::default();
    ear.says(2, "预算八十万");
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(2)).await;
    let before = transcribed(&suite, &suite.rep, id).await;
    contradicted(&suite, id).await;
    suite.app.clock.advance(Duration::days(366)).expect("moved");
    let deleted = async || {
        let now = suite.rep.get(&format!("/api/recordings/{id}/transcript")).await.ok();
        (now["state"] == "deleted").then_some(now)
    };
    let after = suite.app.eventually("the words are deleted", deleted).await;
    assert_eq!((&after["sentences"], &after["sha256"]), (&json!([]), &before["sha256"]));
    let event: TranscriptDeleted = suite.app.event().await;
    assert_eq!(json!(event.sha256), before["sha256"]);
    let left: i64 = sqlx::query_scalar("select count(*) from ai_qa.sentences")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("counted");
    assert_eq!(left, 0);
    let said: String = sqlx::query_scalar("select score #>> '{contradictions,0,said}' from ai_qa.scores")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("a score");
    assert_eq!(said, "");
}

/// An answer with this recording whose score quotes it.
async fn contradicted(suite: &Suite, recording: Uuid) {
    let (id, now) = (Uuid::from_u128(8), suite.app.clock.now());
    let score = json!({ "contradictions": [{ "sentence": 0, "said": "八十万", "listed": "九十万" }] });
    let mut db = suite.app.admin().await;
    sqlx::query(
        "with objection as (insert into ai_qa.objections (id, tenant_id, text, industry, created_by, created_at, version)
             values ($1, $2, '贵', '家具', $1, $3, 1) returning id),
         review as (insert into ai_qa.reviews (id, tenant_id, org, owner_id, visit_id, customer_id, objection_id, objection_text,
             state, recording_id, drawn_at, version)
             select $1, $2, '/huadong/', $1, $1, $1, id, '贵', 'decided', $4, $3, 3 from objection returning id)
         insert into ai_qa.scores (id, tenant_id, review_id, number, outcome, reasons, score, calibration, scored_at)
             select $1, $2, id, 1, 'good', '[]', $5, 0, $3 from review",
    )
    .bind(id)
    .bind(TENANT.0)
    .bind(now)
    .bind(recording)
    .bind(score)
    .execute(&mut db)
    .await
    .expect("stored");
}

#[tokio::test]
async fn withdrawn_consent_stops_the_transcription_and_deletes_everything() {
    let ear = Ear::default();
    ear.says(2, "不该留下");
    ear.hold();
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, voice(2)).await;
    let working = async || {
        let now = suite.rep.get(&format!("/api/recordings/{id}/transcript")).await.ok();
        (now["state"] == "working").then_some(())
    };
    suite.app.eventually("somebody works on it", working).await;
    let path = format!("/api/recordings/{id}/content");
    suite.app.person(Role::SalesRep, "/huadong/shanghai/").delete(&path).await.refused(403, "forbidden");
    let link = link(&suite.rep, id).await;
    assert_eq!(suite.rep.delete(&path).await.status.as_u16(), 204);
    ear.release();
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!((&transcript["state"], &transcript["sentences"]), (&json!("cancelled"), &json!([])));
    let event: TranscriptCancelled = suite.app.event().await;
    assert_eq!(event.recording_id, id.to_string());
    suite.rep.get(&link).await.refused(404, "content_deleted");
    // The next one shows that the turn of the cancelled one is over.
    ear.says(3, "下一条");
    let next = upload(&suite.rep, voice(3)).await;
    assert_eq!(transcribed(&suite, &suite.rep, next).await["sentences"][0]["text"], "下一条");
    suite.app.events::<TranscriptCompleted>(1).await;
    assert_eq!(suite.app.count_events::<TranscriptCompleted>().await, 1);
    let words: i64 = sqlx::query_scalar("select count(*) from ai_qa.sentences where text like '不该%'")
        .fetch_one(&mut suite.app.admin().await)
        .await
        .expect("counted");
    assert_eq!(words, 0);
}
