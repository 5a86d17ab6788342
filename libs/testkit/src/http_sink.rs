//! An HTTP provider on loopback that records requests and answers as told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::recorded::Recorded;

/// One request as it arrived, and the status it got.
#[derive(Clone, Debug)]
pub struct Received {
    pub method: Method,
    /// Path with query.
    pub target: String,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub answered: u16,
}

impl Received {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON body")
    }

    /// A header as text; empty when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a textual header"))
    }
}

/// Answers 200 `{}` until told otherwise. Stops when dropped.
pub struct HttpSink {
    url: String,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

struct Shared {
    requests: Recorded<Received>,
    behaviour: Mutex<Behaviour>,
}

struct Behaviour {
    failures: usize,
    failure: u16,
    delay: Duration,
    answers: HashMap<String, (u16, Value)>,
    otherwise: (u16, Value),
}

impl HttpSink {
    /// Listens on a free port of the loopback.
    pub async fn start() -> Self {
        Self::start_at("127.0.0.1:0").await
    }

    /// Listens at this address.
    pub async fn start_at(address: &str) -> Self {
        let listener = TcpListener::bind(address).await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let behaviour = Behaviour {
            failures: 0,
            failure: 503,
            delay: Duration::ZERO,
            answers: HashMap::new(),
            otherwise: (200, json!({})),
        };
        let shared = Arc::new(Shared { requests: Recorded::new(), behaviour: Mutex::new(behaviour) });
        let routes = Router::new().fallback(receive).with_state(shared.clone());
        let server = tokio::spawn(async move { axum::serve(listener, routes).await.expect("served") });
        Self { url, shared, server }
    }

    /// `http://127.0.0.1:port`, without a trailing slash.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every path without an answer of its own gets this one.
    pub fn answer(&self, status: u16, body: Value) {
        self.behave(|behaviour| behaviour.otherwise = (status, body));
    }

    /// Requests to `path` (without query) get this answer.
    pub fn answer_at(&self, path: &str, status: u16, body: Value) {
        self.behave(|behaviour| drop(behaviour.answers.insert(path.to_owned(), (status, body))));
    }

    /// The next `count` requests get `status` and an empty body, whatever was said before.
    pub fn fail_next(&self, count: usize, status: u16) {
        self.behave(|behaviour| (behaviour.failures, behaviour.failure) = (count, status));
    }

    /// Every answer comes this much later.
    pub fn delay(&self, by: Duration) {
        self.behave(|behaviour| behaviour.delay = by);
    }

    /// Everything received so far.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.requests.all()
    }

    /// Everything received, once there are at least `count` requests.
    pub async fn at_least(&self, count: usize) -> Vec<Received> {
        self.shared.requests.at_least(count).await
    }

    fn behave(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.shared.behaviour.lock().expect("not poisoned"));
    }
}

impl Drop for HttpSink {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Behaviour {
    fn decide(&mut self, path: &str) -> (u16, Option<Value>) {
        if self.failures > 0 {
            self.failures -= 1;
            return (self.failure, None);
        }
        let (status, body) = self.answers.get(path).unwrap_or(&self.otherwise).clone();
        (status, Some(body))
    }
}

async fn receive(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (delay, (status, answer)) = {
        let mut behaviour = shared.behaviour.lock().expect("not poisoned");
        (behaviour.delay, behaviour.decide(uri.path()))
    };
    let received = Received { method, target: uri.to_string(), headers, body, answered: status };
    shared.requests.push(received);
    tokio::time::sleep(delay).await;
    let status = StatusCode::from_u16(status).expect("a valid status");
    match answer {
        Some(answer) => (status, [(header::CONTENT_TYPE, "application/json")], answer.to_string()).into_response(),
        None => status.into_response(),
    }
}
