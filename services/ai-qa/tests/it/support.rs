//! A service with a folder of its own, and recordings made here.

use bytes::Bytes;
use kernel::Role;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{Answer, Client, TestApp};
use uuid::Uuid;

pub struct Suite {
    pub app: TestApp,
    pub rep: Client,
    pub folder: TempDir,
}

/// Small parts, so that every upload has several.
pub async fn start() -> Suite {
    let folder = tempfile::tempdir().expect("a folder");
    let path = format!("{:?}", folder.path().to_str().expect("utf-8"));
    let app = TestApp::builder(ai_qa::definition())
        .set(&["service", "storage", "path"], path)
        .set(&["service", "recordings", "part_bytes"], "1024")
        .set(&["service", "recordings", "largest_bytes"], "2000000")
        .start()
        .await;
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
