//! Files that are not what they should be.

use bytes::Bytes;
use contracts::ai_qa::v1::{TranscriptCompleted, TranscriptFailed, TranscriptRetried};
use kernel::Role;
use serde_json::json;
use testkit::Answer;

use crate::ear::{Ear, silence, voice};
use crate::support::{announce, chunk, show, start_hearing, transcribed, upload};

#[tokio::test]
async fn an_empty_file_is_not_announced_and_a_wrong_extension_is_told_from_the_content() {
    let suite = start_hearing(&Ear::default()).await;
    let wrong = suite.rep.post("/api/recordings", &json!({ "bytes": 0, "consent": true })).await;
    assert_eq!(wrong.refused(400, "invalid_request")["errors"][0]["field"], "bytes");
    let bytes = voice(2);
    let announced = json!({ "bytes": bytes.len(), "consent": true, "media_type": "audio/mpeg" });
    let id = suite.rep.post("/api/recordings", &announced).await.id();
    Answer::of(chunk(&suite.rep, id, 0, bytes)).await.refused(415, "unsupported_media");
    assert_eq!(show(&suite.rep, id).await["state"], "refused");
    suite.rep.get(&format!("/api/recordings/{id}/transcript")).await.refused(404, "transcript_not_found");
}

#[tokio::test]
async fn without_consent_nothing_is_taken() {
    let suite = start_hearing(&Ear::default()).await;
    suite.rep.post("/api/recordings", &json!({ "bytes": 100 })).await.refused(422, "consent_missing");
}

#[tokio::test]
async fn a_silent_recording_has_no_sentences_and_says_so() {
    let ear = Ear::default();
    let suite = start_hearing(&ear).await;
    let id = upload(&suite.rep, silence(3)).await;
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!(
        (&transcript["state"], &transcript["sentences"], &transcript["silent"]),
        (&json!("completed"), &json!([]), &json!(true))
    );
    assert!(ear.heard().is_empty(), "nobody listens to silence");
}

#[tokio::test]
async fn half_a_recording_never_passes_for_a_whole_one() {
    let ear = Ear::default();
    ear.says(2, "前半段");
    let suite = start_hearing(&ear).await;
    let whole = voice(5);
    let id = upload(&suite.rep, whole.slice(..whole.len() / 2 - 16_000)).await;
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!((&transcript["state"], &transcript["truncated"]), (&json!("completed"), &json!(true)));
    let event: TranscriptCompleted = suite.app.event().await;
    assert!(event.truncated);
}

#[tokio::test]
async fn a_broken_recording_fails_with_a_code_and_is_tried_again_by_hand() {
    let ear = Ear::default();
    let suite = start_hearing(&ear).await;
    // It begins like flac, and nothing that follows is sound.
    let mut broken = b"fLaC\x80\0\0\x22".to_vec();
    broken.extend([0; 34]);
    broken.extend((0..4_000_u32).map(|at| (at * 37 % 251) as u8));
    let id = upload(&suite.rep, Bytes::from(broken)).await;
    let transcript = transcribed(&suite, &suite.rep, id).await;
    assert_eq!((&transcript["state"], &transcript["reason"]), (&json!("failed"), &json!("recording_broken")));
    let event: TranscriptFailed = suite.app.event().await;
    assert_eq!((event.reason.as_str(), event.attempts), ("recording_broken", 1));

    let path = format!("/api/recordings/{id}/transcript/retry");
    suite.app.person(Role::SalesRep, "/huadong/shanghai/").post(&path, &json!({})).await.refused(403, "forbidden");
    let coach = suite.app.person(Role::SalesCoach, "/huadong/");
    assert_eq!(coach.post_once("again", &path, &json!({})).await.ok()["state"], "waiting");
    let _: TranscriptRetried = suite.app.event().await;
    suite.app.events::<TranscriptFailed>(2).await;
    assert_eq!(transcribed(&suite, &suite.rep, id).await["state"], "failed");
    let other = upload(&suite.rep, silence(2)).await;
    transcribed(&suite, &suite.rep, other).await;
    let path = format!("/api/recordings/{other}/transcript/retry");
    suite.rep.post(&path, &json!({})).await.refused(409, "transcript_not_failed");
}

#[tokio::test]
async fn random_bytes_are_refused_before_anybody_listens() {
    let suite = start_hearing(&Ear::default()).await;
    let noise: Vec<u8> = (0..5_000_u64).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8 & 0x7f).collect();
    let id = announce(&suite.rep, noise.len()).await;
    Answer::of(chunk(&suite.rep, id, 0, noise)).await.refused(415, "unsupported_media");
}
