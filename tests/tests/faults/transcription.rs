//! ai-qa dies in the middle of a long recording, twice: it goes on where it was, and there is one transcript.

use kernel::Role;
use reqwest::Method;
use scenarios::fleet::{Fleet, until};
use serde_json::json;

use crate::client::{Call, Client};
use crate::invariants;

const RATE: u32 = 8_000;
const MINUTES: u32 = 40;

const HEARD: &str = "select coalesce(max(heard_ms), 0) from ai_qa.transcripts where state in ('waiting', 'working')";
const COMPLETED: &str = "select count(*) from ai_qa.transcripts where state = 'completed'";

#[tokio::test]
#[ignore = "long form: tests/faults"]
async fn killed_in_the_middle_of_a_file() {
    let mut fleet = Fleet::start(&["ai-qa"]).await;
    record(&fleet, voice()).await;
    let mut before = 0;
    for _ in 0..2 {
        until("more of it is heard", async || fleet.count(HEARD).await > before).await;
        fleet.kill("ai-qa").await;
        let heard = fleet.count(HEARD).await;
        assert!(heard > before, "what was heard is kept: {heard} after {before}");
        before = heard;
    }
    fleet.until_count(COMPLETED, 1).await;
    invariants::hold(&fleet).await;
    assert_eq!(fleet.count("select count(*) from ai_qa.transcripts").await, 1);
    assert_eq!(fleet.count("select count(*) from ai_qa.journal where type = 'transcript.completed.v1'").await, 1);
    assert!(fleet.count("select count(*) from ai_qa.sentences").await > 80, "one for each clip");
    let doubled = "select count(*) - count(distinct (start_ms, end_ms, speaker)) from ai_qa.sentences";
    assert_eq!(fleet.count(doubled).await, 0, "no sentence twice");
    let gaps = "select coalesce(max(number) + 1, 0) - count(*) from ai_qa.sentences";
    assert_eq!(fleet.count(gaps).await, 0, "numbered without gaps");
    let whole = "select count(*) from ai_qa.transcripts as t where sentences = (select count(*) from ai_qa.sentences)";
    assert_eq!(fleet.count(whole).await, 1, "as many sentences as it says");
}

/// Announces and sends a recording of the rep.
async fn record(fleet: &Fleet, sound: Vec<u8>) {
    let rep = Client::new(fleet, Role::SalesRep, "ai-qa");
    let new = json!({ "bytes": sound.len(), "consent": true });
    let recording = rep.insist(&Call::json("/api/recordings", "recording", new)).await;
    let path = recording["upload_url"].as_str().expect("a path");
    let request = fleet.door.request(&fleet.person(Role::SalesRep), "ai-qa", Method::PATCH, path);
    let sent = request
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", "0")
        .body(sound)
        .send()
        .await
        .expect("an answer");
    assert!(sent.status().is_success(), "{}", sent.status());
}

/// A wav file with a buzz that swells four times a second like a voice.
fn voice() -> Vec<u8> {
    let second: Vec<u8> = (0..RATE).flat_map(|at| sample(f64::from(at) / f64::from(RATE)).to_le_bytes()).collect();
    let length = RATE * 2 * MINUTES * 60;
    let mut file = b"RIFF".to_vec();
    file.extend((length + 36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend(length.to_le_bytes());
    file.extend(second.repeat((MINUTES * 60) as usize));
    file
}

fn sample(time: f64) -> i16 {
    let turn = std::f64::consts::TAU * time;
    let buzz: f64 = (1..20).map(|n| (turn * 140.0 * f64::from(n)).sin() / f64::from(n)).sum();
    (0.3 * (0.55 - 0.45 * (turn * 4.0).cos()) * buzz * 32_000.0) as i16
}
