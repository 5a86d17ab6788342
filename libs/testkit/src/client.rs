//! Requests as a signed-in principal, and readable answers.

use authz::token::Signer;
use chrono::Duration;
use kernel::{Clock, Principal};
use reqwest::{Method, RequestBuilder, StatusCode};
use runtime::trust::PRINCIPAL_HEADER;
use serde_json::Value;
use uuid::Uuid;

/// Acts as one principal against one service.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    gateway: Signer,
    clock: Clock,
    pub principal: Principal,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Client {
    pub(crate) fn new(
        http: reqwest::Client,
        base_url: String,
        gateway: Signer,
        clock: Clock,
        principal: Principal,
    ) -> Self {
        Self { http, base_url, gateway, clock, principal }
    }

    pub fn id(&self) -> Uuid {
        self.principal.id
    }

    /// The same principal after giving a second factor.
    pub fn stepped_up(&self) -> Self {
        let mut stepped_up = self.clone();
        stepped_up.principal.stepped_up_until = Some(self.clock.now() + Duration::minutes(5));
        stepped_up
    }

    /// The principal token that the gateway would have minted.
    pub fn token(&self) -> String {
        self.gateway.mint(&self.principal, self.clock.now(), Duration::minutes(1)).expect("a token")
    }

    /// A request to be completed and sent by the test.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base_url)).header(PRINCIPAL_HEADER, self.token())
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    /// Posts with an idempotency key.
    pub async fn post_once(&self, key: &str, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).header("idempotency-key", key).json(body)).await
    }
}

impl Answer {
    /// Sends the request and reads the answer; a body that is not JSON becomes a string.
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    /// The body of a success; panics with the problem otherwise.
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self.body
    }

    /// The problem of a refusal with this status and code; panics otherwise.
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)), "{}", self.body);
        self.body
    }

    /// The id in the body.
    pub fn id(self) -> Uuid {
        let body = self.ok();
        body["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("no id in {body}"))
    }
}
