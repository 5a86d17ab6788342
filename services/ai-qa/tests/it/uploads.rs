use bytes::Bytes;
use chrono::Duration;
use contracts::ai_qa::v1::{RecordingRefused, RecordingStored};
use futures::StreamExt;
use kernel::Role;
use reqwest::Method;
use serde_json::json;
use sha2::{Digest, Sha256};
use testkit::Answer;

use crate::support::{announce, chunk, offset, show, start, upload, wav};

#[tokio::test]
async fn an_upload_goes_on_where_it_was_cut_off() {
    let suite = start().await;
    let bytes = wav(100);
    let id = announce(&suite.rep, bytes.len()).await;
    let (cut, tunnel) = tokio::sync::oneshot::channel::<()>();
    let arriving = futures::stream::iter([Ok::<_, std::io::Error>(bytes.slice(..1_500))]);
    let breaking = futures::stream::once(async { Err(std::io::Error::other(format!("{:?}", tunnel.await))) });
    let body = reqwest::Body::wrap_stream(arriving.chain(breaking));
    let sending = tokio::spawn(chunk(&suite.rep, id, 0, body).send());
    let counted = async |at_least: usize| {
        let at = offset(&suite.rep, id).await;
        (at >= at_least).then_some(at)
    };
    suite.app.eventually("the first part is counted", async || counted(1).await).await;
    drop(cut);
    let answer = sending.await.expect("not panicked");
    assert!(answer.is_err(), "the connection broke: {answer:?}");
    let stands = suite.app.eventually("all that arrived is counted", async || counted(1_500).await).await;
    let wrong = chunk(&suite.rep, id, stands + 1, bytes.slice(stands + 1..));
    let wrong = Answer::of(wrong).await.refused(409, "offset_conflict");
    assert!(
        wrong["errors"][0]["reason"].as_str().is_some_and(|reason| reason.contains(&stands.to_string())),
        "{wrong}"
    );

    let rest = Answer::of(chunk(&suite.rep, id, stands, bytes.slice(stands..))).await;
    assert_eq!(rest.status.as_u16(), 204);
    assert_eq!(rest.headers["upload-offset"], bytes.len().to_string());
    let view = show(&suite.rep, id).await;
    let digest = hex::encode(Sha256::digest(&bytes));
    assert_eq!((&view["state"], &view["sha256"], &view["seconds"]), (&json!("stored"), &json!(digest), &json!(100.0)));
    let event: RecordingStored = suite.app.event().await;
    assert_eq!((event.sha256, event.media_type, event.seconds), (digest, "audio/wav".to_owned(), 100));
    assert!(event.consent && event.bytes == bytes.len() as u64 && event.owner_id == suite.rep.id().to_string());
    let left: Vec<_> =
        std::fs::read_dir(suite.folder.path()).expect("a folder").flatten().map(|one| one.file_name()).collect();
    assert_eq!(left, ["recordings"], "the parts are gone");
}

#[tokio::test]
async fn of_two_at_the_same_place_one_counts() {
    let suite = start().await;
    let bytes = wav(50);
    let id = announce(&suite.rep, bytes.len()).await;
    let mut other = bytes.to_vec();
    other[44..].fill(7);
    let other = Bytes::from(other);
    let both = tokio::join!(
        Answer::of(chunk(&suite.rep, id, 0, bytes.slice(..1_000))),
        Answer::of(chunk(&suite.rep, id, 0, other.slice(..1_000))),
    );
    let mut answers = [both.0.status.as_u16(), both.1.status.as_u16()];
    let winner = if answers[0] == 204 { &bytes } else { &other };
    answers.sort_unstable();
    assert_eq!(answers, [204, 409]);
    Answer::of(chunk(&suite.rep, id, 1_000, winner.slice(1_000..))).await.ok();
    assert_eq!(show(&suite.rep, id).await["sha256"], hex::encode(Sha256::digest(winner)));
}

#[tokio::test]
async fn nothing_is_taken_without_consent_or_beyond_the_limits() {
    let suite = start().await;
    let ask = async |body| suite.rep.post("/api/recordings", &body).await;
    ask(json!({ "bytes": 10 })).await.refused(422, "consent_missing");
    ask(json!({ "bytes": 10, "consent": false })).await.refused(422, "consent_missing");
    ask(json!({ "bytes": 2_000_001, "consent": true })).await.refused(413, "recording_too_large");
    ask(json!({ "bytes": 0, "consent": true })).await.refused(400, "invalid_request");
    ask(json!({ "bytes": 9, "consent": true, "media_type": "text/html" })).await.refused(415, "unsupported_media");
    let finance = suite.app.person(Role::Finance, "/");
    finance.post("/api/recordings", &json!({ "bytes": 9, "consent": true })).await.refused(403, "forbidden");

    let id = announce(&suite.rep, 10).await;
    Answer::of(chunk(&suite.rep, id, 0, "more than ten bytes")).await.refused(413, "upload_overrun");
    assert_eq!(offset(&suite.rep, id).await, 0);
    let path = format!("/api/recordings/{id}/content");
    let plain = suite.rep.request(Method::PATCH, &path).header("upload-offset", "0").body("x");
    Answer::of(plain).await.refused(415, "chunk_expected");
    let colleague = suite.app.person(Role::SalesRep, "/huadong/shanghai/");
    Answer::of(chunk(&colleague, id, 0, "0123456789")).await.refused(404, "recording_not_found");
}

#[tokio::test]
async fn what_is_no_recording_or_too_long_is_not_kept() {
    let suite = start().await;
    let text = announce(&suite.rep, 10).await;
    Answer::of(chunk(&suite.rep, text, 0, "0123456789")).await.refused(415, "unsupported_media");
    Answer::of(chunk(&suite.rep, text, 10, "")).await.refused(415, "unsupported_media");

    let bytes = wav(7_201);
    let long = announce(&suite.rep, bytes.len()).await;
    Answer::of(chunk(&suite.rep, long, 0, bytes)).await.refused(422, "recording_too_long");

    let short = wav(1);
    let named = json!({ "bytes": short.len(), "consent": true, "media_type": "audio/mpeg" });
    let mismatch = suite.rep.post("/api/recordings", &named).await.id();
    Answer::of(chunk(&suite.rep, mismatch, 0, short)).await.refused(415, "unsupported_media");

    let events = suite.app.events::<RecordingRefused>(3).await;
    assert_eq!(
        events.iter().map(|event| event.reason.as_str()).collect::<Vec<_>>(),
        ["unsupported_media", "recording_too_long", "unsupported_media",]
    );
    assert_eq!(show(&suite.rep, long).await["content_link"], json!(null), "nothing to read yet");
    assert_eq!(show(&suite.rep, long).await["refusal"], "recording_too_long");
}

#[tokio::test]
async fn a_whole_upload_that_could_not_be_completed_is_completed_later() {
    let suite = start().await;
    let bytes = wav(30);
    let in_the_way = suite.folder.path().join("recordings");
    std::fs::write(&in_the_way, "not a folder").expect("written");
    let (asked, left) = (announce(&suite.rep, bytes.len()).await, announce(&suite.rep, bytes.len()).await);
    for id in [asked, left] {
        Answer::of(chunk(&suite.rep, id, 0, bytes.clone())).await.refused(503, "unavailable");
        assert_eq!(offset(&suite.rep, id).await, bytes.len());
    }
    std::fs::remove_file(&in_the_way).expect("removed");
    Answer::of(chunk(&suite.rep, asked, bytes.len(), "")).await.ok();
    assert_eq!(show(&suite.rep, asked).await["state"], "stored");
    Answer::of(chunk(&suite.rep, asked, bytes.len(), "")).await.ok();

    suite.app.clock.advance(Duration::minutes(11)).expect("moved");
    suite
        .app
        .eventually("the job completes it", async || (show(&suite.rep, left).await["state"] == "stored").then_some(()))
        .await;
    assert_eq!(suite.app.events::<RecordingStored>(2).await.len(), 2);
}

#[tokio::test]
async fn an_announcement_with_a_key_is_made_once() {
    let suite = start().await;
    let body = json!({ "bytes": 3_044, "consent": true });
    let first = suite.rep.post_once("a", "/api/recordings", &body).await.id();
    assert_eq!(suite.rep.post_once("a", "/api/recordings", &body).await.id(), first);
    let keyed = chunk(&suite.rep, first, 0, wav(30)).header("idempotency-key", "b");
    Answer::of(keyed).await.ok();
    assert_eq!(show(&suite.rep, first).await["state"], "stored", "several parts under one key");
    let other = upload(&suite.rep, wav(2)).await;
    let listed = suite.rep.get("/api/recordings?limit=1").await.ok();
    assert_eq!(listed["items"][0]["id"], json!(other));
    let next = format!("/api/recordings?limit=1&cursor={}", listed["next_cursor"].as_str().expect("a next page"));
    assert_eq!(suite.rep.get(&next).await.ok()["items"][0]["id"], json!(first));
}
