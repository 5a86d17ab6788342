//! A service with a folder of its own, and recordings made here.

use std::sync::Arc;

use bytes::Bytes;
use kernel::Role;
use reqwest::{Method, RequestBuilder};
use runtime::Definition;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{Answer, Client, TestApp};
use uuid::Uuid;

use crate::ear::Ear;

pub struct Suite {
    pub app: TestApp,
    pub rep: Client,
    pub folder: TempDir,
}

/// Small parts, so that every upload has several; nothing is written down.
pub async fn start() -> Suite {
    let small: [(&[&str], &str); 2] =
        [(&["service", "recordings", "part_bytes"], "1024"), (&["service", "recordings", "largest_bytes"], "2000000")];
    start_with(ai_qa::definition(), &small).await
}

/// One recording at a time is written down by `ear`.
pub async fn start_hearing(ear: &Ear) -> Suite {
    start_with(ai_qa::definition_hearing(Arc::new(ear.clone())), &[]).await
}

pub async fn start_with(definition: Definition, settings: &[(&[&'static str], &str)]) -> Suite {
    let folder = tempfile::tempdir().expect("a folder");
    let path = format!("{:?}", folder.path().to_str().expect("utf-8"));
    let mut builder = TestApp::builder(definition)
        .set(&["service", "storage", "path"], path)
        .set(&["service", "recordings", "part_bytes"], "65536")
        .set(&["service", "recordings", "largest_bytes"], "40000000")
        .set(&["service", "transcription", "workers"], "1");
    for (key, value) in settings {
        builder = builder.set(key, *value);
    }
    let app = builder.start().await;
    let rep = app.person(Role::SalesRep, "/huadong/shanghai/");
    Suite { app, rep, folder }
}

/// A wav file at 100 bytes a second.
pub fn wav(seconds: usize) -> Bytes {
    let sound = seconds * 100;
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x64\0\0\0\x64\0\0\0\x01\0\x08\0data".to_vec();
    bytes.extend_from_slice(&u32::try_from(sound).expect("short").to_le_bytes());
    bytes.extend((0..sound).map(|at| (at % 251) as u8));
    bytes.into()
}

/// Where this person reads a recording's content now.
pub async fn link(client: &Client, id: Uuid) -> String {
    let shown = client.get(&format!("/api/recordings/{id}")).await.ok();
    shown["content_link"]["url"].as_str().expect("a link").to_owned()
}

pub async fn announce(client: &Client, bytes: usize) -> Uuid {
    client.post("/api/recordings", &json!({ "bytes": bytes, "consent": true })).await.id()
}

/// Sends `bytes` from `offset` on.
pub fn chunk(client: &Client, id: Uuid, offset: usize, bytes: impl Into<reqwest::Body>) -> RequestBuilder {
    let request = client.request(Method::PATCH, &format!("/api/recordings/{id}/content"));
    request
        .header("content-type", "application/offset+octet-stream")
        .header("upload-offset", offset.to_string())
        .body(bytes.into())
}

pub async fn upload(client: &Client, bytes: Bytes) -> Uuid {
    let id = announce(client, bytes.len()).await;
    Answer::of(chunk(client, id, 0, bytes)).await.ok();
    id
}

/// Where the upload stands, as its client asks.
pub async fn offset(client: &Client, id: Uuid) -> usize {
    let answer = Answer::of(client.request(Method::HEAD, &format!("/api/recordings/{id}/content"))).await;
    assert_eq!(answer.headers["tus-resumable"], "1.0.0");
    answer.headers["upload-offset"].to_str().expect("ascii").parse().expect("a number")
}

pub async fn show(client: &Client, id: Uuid) -> Value {
    client.get(&format!("/api/recordings/{id}")).await.ok()
}

/// The transcript once it has ended, one way or another.
pub async fn transcribed(suite: &Suite, client: &Client, recording: Uuid) -> Value {
    let ended = async || {
        let now = client.get(&format!("/api/recordings/{recording}/transcript")).await.ok();
        (now["state"] != "waiting" && now["state"] != "working").then_some(now)
    };
    suite.app.eventually("the transcription ends", ended).await
}
