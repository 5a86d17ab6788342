use std::sync::atomic::Ordering;

use chrono::Duration;
use contracts::ai_qa::v1::{TranscriptCompleted, TranscriptFailed};
use contracts::crm::v1::{VisitDraftChanged, VisitSummaryConfirmed};
use kernel::Role;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use crate::ai_qa::{Library, SENTENCES};
use crate::support::{Deal, ORG, deal_with, fields, seen};

fn completed(recording: &str, owner: Uuid, doubtful: u32) -> TranscriptCompleted {
    TranscriptCompleted {
        transcript_id: Uuid::from_u128(1).to_string(),
        recording_id: recording.into(),
        owner_id: owner.to_string(),
        org: ORG.into(),
        sentences: 3,
        doubtful,
        ..TranscriptCompleted::default()
    }
}

fn spoken(deal: &Deal, recording: &str) -> Value {
    let mut visit = deal.visit(&["purchasing"]);
    visit["recording_id"] = recording.into();
    visit["note"] = Value::Null;
    visit
}

async fn when(deal: &Deal, visit: Uuid, draft: &str) -> Value {
    seen(&deal.app, &deal.rep, &format!("/api/visits/{visit}"), |view| view["draft"] == draft).await
}

#[tokio::test]
async fn a_voice_note_becomes_a_draft_and_the_rep_confirms_it() {
    let (deal, _) = deal_with(Library::of).await;
    let visit = deal.rep.post("/api/visits", &spoken(&deal, "rec-1")).await;
    assert_eq!(visit.body["draft"], "awaited");
    let visit = visit.id();
    deal.app.publish(&completed("rec-1", deal.rep.id(), 0), Uuid::from_u128(1), 2).await;
    let view = when(&deal, visit, "offered").await;
    assert_eq!(view["voice_note"]["summary"], SENTENCES.concat());
    assert_eq!(view["voice_note"]["sentences"][1]["start_ms"], 2_000);
    assert_eq!(view["note"], Value::Null, "nothing is the rep's before the rep says so");
    let changed: VisitDraftChanged = deal.app.event().await;
    assert_eq!((changed.draft.as_str(), changed.recording_id.as_str()), ("offered", "rec-1"));
    let summary = json!({ "note": "技术部张总监：停产最多三天。", "pain": "换线停产两周", "competitor": "恒岳",
        "next_step": "带样机演示", "next_step_at": deal.now() + Duration::days(3) });
    let path = format!("/api/visits/{visit}/summary");
    let answer = deal.rep.post(&path, &summary).await.ok();
    assert_eq!((&answer["draft"], &answer["next_step"]), (&json!("confirmed"), &json!("带样机演示")));
    assert_eq!(answer["suggestions"]["comparison_sheets"][0]["competitor"], "恒岳");
    let opportunity = deal.opportunity().await;
    assert_eq!((&opportunity["pain"], &opportunity["competitors"]), (&json!("换线停产两周"), &json!(["恒岳"])));
    let confirmed: VisitSummaryConfirmed = deal.app.event().await;
    assert_eq!((confirmed.visit_id, confirmed.next_step.as_str()), (visit.to_string(), "带样机演示"));
    let view = deal.rep.get(&format!("/api/visits/{visit}")).await.ok();
    assert_eq!((&view["voice_note"], &view["note"]), (&Value::Null, &summary["note"]));
    deal.rep.post(&path, &summary).await.refused(409, "no_draft");
    deal.app.publish(&completed("rec-1", deal.rep.id(), 0), Uuid::from_u128(1), 3).await;
    deal.app.publish(&completed("rec-2", deal.rep.id(), 0), Uuid::from_u128(2), 2).await;
    let next = deal.rep.post("/api/visits", &spoken(&deal, "rec-2")).await.id();
    when(&deal, next, "offered").await;
    assert_eq!(deal.rep.get(&format!("/api/visits/{visit}")).await.ok()["draft"], "confirmed");
}

#[tokio::test]
async fn a_doubtful_or_failed_transcript_says_so_and_an_older_event_undoes_nothing() {
    let (deal, _) = deal_with(Library::of).await;
    let visit = deal.rep.post("/api/visits", &spoken(&deal, "rec-1")).await.id();
    let failed = TranscriptFailed {
        recording_id: "rec-1".into(),
        owner_id: deal.rep.id().to_string(),
        reason: "recording_broken".into(),
        ..TranscriptFailed::default()
    };
    deal.app.publish(&failed, Uuid::from_u128(1), 2).await;
    let view = when(&deal, visit, "failed").await;
    assert_eq!(view["voice_note"]["summary"], Value::Null);
    assert!(view["voice_note"]["notice"]["zh"].as_str().is_some_and(|notice| notice.contains("手工")), "{view}");
    deal.app.publish(&completed("rec-1", deal.rep.id(), 1), Uuid::from_u128(1), 4).await;
    let view = when(&deal, visit, "doubtful").await;
    assert!(view["voice_note"]["notice"]["zh"].as_str().is_some_and(|notice| notice.contains("听不清")), "{view}");
    assert_eq!(view["voice_note"]["sentences"][1]["doubtful"], true);
    deal.app.publish(&failed, Uuid::from_u128(1), 3).await;
    deal.app.publish(&completed("rec-2", deal.rep.id(), 0), Uuid::from_u128(2), 2).await;
    let next = deal.rep.post("/api/visits", &spoken(&deal, "rec-2")).await.id();
    when(&deal, next, "offered").await;
    assert_eq!(deal.app.events::<VisitDraftChanged>(3).await.len(), 3);
    let waiting = deal.rep.get("/api/visits?draft=doubtful").await.ok();
    assert_eq!(waiting["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(waiting["items"][0]["id"], visit.to_string());
}

#[tokio::test]
async fn only_who_may_hear_the_recording_reads_its_words_and_never_somebody_elses() {
    let (deal, _) = deal_with(Library::of).await;
    let visit = deal.rep.post("/api/visits", &spoken(&deal, "rec-1")).await.id();
    deal.app.publish(&completed("rec-1", deal.rep.id(), 0), Uuid::from_u128(1), 2).await;
    when(&deal, visit, "offered").await;
    let path = format!("/api/visits/{visit}");
    let words = async |role| deal.app.person(role, ORG).get(&path).await.ok()["voice_note"]["summary"].clone();
    assert_eq!(words(Role::SalesCoach).await, SENTENCES.concat());
    assert_eq!(words(Role::Operations).await, Value::Null, "visits, but no recordings");
    deal.app
        .person(Role::SalesCoach, ORG)
        .post(&format!("{path}/summary"), &json!({ "note": "x" }))
        .await
        .refused(403, "forbidden");
    deal.app.publish(&completed("rec-of-another", deal.app.ids.new_id(), 0), Uuid::from_u128(3), 2).await;
    deal.app.publish(&completed("rec-2", deal.rep.id(), 0), Uuid::from_u128(2), 2).await;
    let stolen = deal.rep.post("/api/visits", &spoken(&deal, "rec-of-another")).await.id();
    let own = deal.rep.post("/api/visits", &spoken(&deal, "rec-2")).await.id();
    when(&deal, own, "offered").await;
    assert_eq!(deal.rep.get(&format!("/api/visits/{stolen}")).await.ok()["draft"], "awaited");
}

#[tokio::test]
async fn words_are_in_no_journal_and_their_absence_is_said() {
    let (deal, library) = deal_with(Library::of).await;
    let visit = deal.rep.post("/api/visits", &spoken(&deal, "rec-1")).await.id();
    deal.app.publish(&completed("rec-1", deal.rep.id(), 0), Uuid::from_u128(1), 2).await;
    when(&deal, visit, "offered").await;
    library.hangs.store(true, Ordering::SeqCst);
    let view = deal.rep.get(&format!("/api/visits/{visit}")).await.ok();
    assert!(view["voice_note"]["summary"].is_null() && view["voice_note"]["notice"].is_object(), "{view}");
    let path = format!("/api/visits/{visit}/summary");
    let problem = deal.rep.post(&path, &json!({ "next_step_at": deal.now() - Duration::days(1) })).await;
    assert_eq!(fields(&problem.refused(400, "invalid_request")), ["note", "next_step_at"]);
    deal.rep.post(&path, &json!({ "note": "客户电话里说停不起" })).await.ok();
    let mut admin = deal.app.admin().await;
    let rows = sqlx::query("select record from crm.journal").fetch_all(&mut admin).await.expect("rows");
    for record in rows.iter().map(|row| row.get::<String, _>("record")) {
        assert!(!record.contains("停不起"), "{record}");
    }
    deal.rep.post("/api/visits", &deal.visit(&["finance"])).await.ok();
    let noted = deal.rep.get("/api/visits").await.ok()["items"][0].clone();
    let path = format!("/api/visits/{}/summary", noted["id"].as_str().expect("an id"));
    deal.rep.post(&path, &json!({ "note": "没有录音" })).await.refused(409, "no_draft");
}
