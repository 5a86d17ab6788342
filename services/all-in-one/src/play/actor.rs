//! One person or system of the play, acting through the public door.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::sync::RwLock;

/// Who acts and how it signs in.
pub struct Actor {
    http: reqwest::Client,
    base_url: String,
    sign_in: SignIn,
    token: RwLock<Option<String>>,
}

enum SignIn {
    Person { tenant: String, login: String, password: String },
    ApiKey(String),
    Nobody,
}

#[derive(Debug, thiserror::Error)]
pub enum ActorError {
    #[error("the request did not get through: {0}")]
    Transport(#[from] reqwest::Error),
    #[error("{0}")]
    Refused(Box<Answer>),
    #[error("to be refused with {wanted}: {answer}")]
    NotRefused { wanted: &'static str, answer: Box<Answer> },
}

/// An answer with its status.
#[derive(Debug, thiserror::Error)]
#[error("{method} {path} was answered {status}: {body}")]
pub struct Answer {
    method: Method,
    path: String,
    pub status: StatusCode,
    pub body: Value,
}

impl Actor {
    pub fn person(http: reqwest::Client, base_url: &str, tenant: &str, login: &str, password: &str) -> Self {
        let sign_in = SignIn::Person { tenant: tenant.into(), login: login.into(), password: password.into() };
        Self { http, base_url: base_url.into(), sign_in, token: RwLock::default() }
    }

    pub fn system(http: reqwest::Client, base_url: &str, api_key: &str) -> Self {
        Self { http, base_url: base_url.into(), sign_in: SignIn::ApiKey(api_key.into()), token: RwLock::default() }
    }

    pub fn visitor(http: reqwest::Client, base_url: &str) -> Self {
        Self { http, base_url: base_url.into(), sign_in: SignIn::Nobody, token: RwLock::default() }
    }

    pub async fn get(&self, path: &str) -> Result<Value, ActorError> {
        self.send(Method::GET, path, |request| request).await?.ok()
    }

    pub async fn post(&self, path: &str, body: Value) -> Result<Value, ActorError> {
        self.json(Method::POST, path, &body).await?.ok()
    }

    pub async fn put(&self, path: &str, body: Value) -> Result<Value, ActorError> {
        self.json(Method::PUT, path, &body).await?.ok()
    }

    pub async fn json(&self, method: Method, path: &str, body: &Value) -> Result<Answer, ActorError> {
        self.send(method, path, |request| request.json(body)).await
    }

    /// Posts a file.
    pub async fn upload(&self, path: &str, media_type: &str, content: Vec<u8>) -> Result<Value, ActorError> {
        self.send(Method::POST, path, |request| request.header("content-type", media_type).body(content.clone()))
            .await?
            .ok()
    }

    /// Fetches a file.
    pub async fn download(&self, path: &str) -> Result<Vec<u8>, ActorError> {
        let request = self.authorised(self.http.get(format!("{}{path}", self.base_url))).await?;
        Ok(request.send().await?.error_for_status()?.bytes().await?.to_vec())
    }

    /// Signs in again when a session has run out: the play moves time.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        complete: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer, ActorError> {
        let mut answer = self.attempt(&method, path, &complete).await?;
        let session_over = answer.status == StatusCode::UNAUTHORIZED && answer.body["code"] != "step_up_required";
        if session_over && matches!(self.sign_in, SignIn::Person { .. }) {
            *self.token.write().await = None;
            answer = self.attempt(&method, path, &complete).await?;
        }
        Ok(answer)
    }

    async fn attempt(
        &self,
        method: &Method,
        path: &str,
        complete: &impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Answer, ActorError> {
        let request = self.http.request(method.clone(), format!("{}{path}", self.base_url));
        let response = complete(self.authorised(request).await?).send().await?;
        let status = response.status();
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Ok(Answer { method: method.clone(), path: path.into(), status, body })
    }

    async fn authorised(&self, request: RequestBuilder) -> Result<RequestBuilder, ActorError> {
        let token = match &self.sign_in {
            SignIn::Nobody => return Ok(request),
            SignIn::ApiKey(key) => key.clone(),
            SignIn::Person { tenant, login, password } => self.session(tenant, login, password).await?,
        };
        Ok(request.bearer_auth(token))
    }

    async fn session(&self, tenant: &str, login: &str, password: &str) -> Result<String, ActorError> {
        if let Some(token) = self.token.read().await.clone() {
            return Ok(token);
        }
        let path = "/api/session";
        let credentials = json!({ "tenant": tenant, "login": login, "password": password });
        let response = self.http.post(format!("{}{path}", self.base_url)).json(&credentials).send().await?;
        let status = response.status();
        let body = response.json().await.unwrap_or(Value::Null);
        let session = Answer { method: Method::POST, path: path.into(), status, body }.ok()?;
        let token = session["token"].as_str().unwrap_or_default().to_owned();
        *self.token.write().await = Some(token.clone());
        Ok(token)
    }
}

impl Answer {
    pub fn is_refusal(&self) -> bool {
        self.status.is_client_error()
    }

    /// The body of a success.
    pub fn ok(self) -> Result<Value, ActorError> {
        if self.status.is_success() { Ok(self.body) } else { Err(ActorError::Refused(Box::new(self))) }
    }

    /// The problem of a refusal with this code; anything else is an error.
    pub fn refused(self, wanted: &'static str) -> Result<Value, ActorError> {
        if !self.status.is_success() && self.body["code"] == wanted {
            return Ok(self.body);
        }
        Err(ActorError::NotRefused { wanted, answer: Box::new(self) })
    }
}
