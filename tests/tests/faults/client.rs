//! A client that does what it must: the same request with the same key, again until it is answered.

use std::time::Duration;

use kernel::{Principal, Role};
use reqwest::Method;
use scenarios::fleet::{Door, Fleet, PATIENCE};
use serde_json::Value;
use tokio::task::JoinHandle;

/// As a client's own retry does.
const TRY_AGAIN: Duration = Duration::from_millis(50);

#[derive(Clone)]
pub struct Client {
    door: Door,
    who: Principal,
    service: &'static str,
}

/// A POST request; the key makes it one request however often it is sent.
#[derive(Clone, Debug)]
pub struct Call {
    pub path: String,
    pub key: String,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub enum Body {
    Json(Value),
    Xml(String),
}

impl Call {
    pub fn json(path: impl Into<String>, key: impl Into<String>, body: Value) -> Self {
        Self { path: path.into(), key: key.into(), body: Body::Json(body) }
    }
}

impl Client {
    pub fn new(fleet: &Fleet, role: Role, service: &'static str) -> Self {
        Self { door: fleet.door.clone(), who: fleet.person(role), service }
    }

    /// One try: the answer, or none when the service died or could not. A refusal fails the test.
    async fn once(&self, call: &Call) -> Option<Value> {
        let request = self.door.request(&self.who, self.service, Method::POST, &call.path);
        let request = request.header("idempotency-key", &call.key);
        let request = match &call.body {
            Body::Json(body) => request.json(body),
            Body::Xml(text) => request.header("content-type", "application/xml").body(text.clone()),
        };
        let answer = request.send().await.ok()?;
        let status = answer.status();
        let text = answer.text().await.ok()?;
        assert!(!status.is_client_error(), "{} was refused: {text}", call.path);
        status.is_success().then(|| serde_json::from_str(&text).expect("JSON"))
    }

    /// Sends the call until it is answered.
    pub async fn insist(&self, call: &Call) -> Value {
        let trying = async {
            loop {
                if let Some(answer) = self.once(call).await {
                    return answer;
                }
                tokio::time::sleep(TRY_AGAIN).await;
            }
        };
        tokio::time::timeout(PATIENCE, trying).await.unwrap_or_else(|_| panic!("{} was never answered", call.path))
    }

    /// The same beside what the test does.
    pub fn insisting(&self, call: Call) -> JoinHandle<Value> {
        let client = self.clone();
        tokio::spawn(async move { client.insist(&call).await })
    }
}
