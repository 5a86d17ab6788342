use std::pin::Pin;
use std::time::Duration;

use futures::{Stream, StreamExt};
use reqwest::Method;
use serde_json::json;

use crate::support::{Bearer, world};

/// What a browser reads from its stream.
struct Reading(Pin<Box<dyn Stream<Item = String> + Send>>);

async fn open(who: &Bearer) -> Reading {
    let answer = who.request(Method::GET, "/api/updates").send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let chunks = answer.bytes_stream().map(|chunk| String::from_utf8_lossy(&chunk.unwrap_or_default()).into_owned());
    Reading(Box::pin(chunks))
}

impl Reading {
    /// Reads until `wanted` is there; everything read so far.
    async fn until(&mut self, wanted: &str) -> String {
        let mut read = String::new();
        while !read.contains(wanted) {
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.0.next()).await.expect("in time");
            read.push_str(&chunk.unwrap_or_else(|| panic!("ended without {wanted}; read: {read}")));
        }
        read
    }

    /// Reads to the end.
    async fn end(mut self) {
        while tokio::time::timeout(Duration::from_secs(20), self.0.next()).await.expect("in time").is_some() {}
    }
}

#[tokio::test]
async fn a_change_is_told_by_name_and_id_only() {
    let world = world().await;
    let (admin, rep) = (world.sign_in("admin.demo").await, world.sign_in("lin.demo").await);
    let mut stream = open(&rep).await;
    let added = admin.post("/api/people", &json!({ "name": "新示例", "org": "/huadong/", "roles": ["finance"] })).await;
    let added = added.id();
    let told = stream.until(&added.to_string()).await;
    assert!(told.contains(&format!("data: {{\"aggregate\":\"person\",\"id\":\"{added}\"}}")), "{told}");
    assert!(!told.contains("新示例"), "{told}");
    assert!(!told.contains("session"), "{told}");
}

#[tokio::test]
async fn what_a_role_does_not_list_it_is_not_told() {
    let world = world().await;
    let (admin, rep) = (world.sign_in("admin.demo").await, world.sign_in("lin.demo").await);
    let (mut of_admin, mut of_rep) = (open(&admin).await, open(&rep).await);
    admin.post("/api/api-keys", &json!({ "name": "新系统", "role": "dealer", "org": "/huadong/" })).await.ok();
    of_admin.until("api_key").await;
    admin.post("/api/people", &json!({ "name": "新示例", "org": "/huadong/", "roles": ["finance"] })).await.ok();
    let told = of_rep.until("person").await;
    assert!(!told.contains("api_key"), "{told}");
}

#[tokio::test]
async fn the_stream_ends_with_the_session() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    let stream = open(&rep).await;
    assert_eq!(rep.delete("/api/session").await.status, 204);
    stream.end().await;
}

#[tokio::test]
async fn nobody_listens_without_signing_in() {
    let world = world().await;
    let answer = world.anonymous(Method::GET, "/api/updates").send().await.expect("an answer");
    assert_eq!(answer.status(), 401);
}
