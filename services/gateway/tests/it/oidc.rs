//! Sign-in with an OpenID provider that signs for real, on loopback.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use ed25519_dalek::{Signer as _, SigningKey};
use http::StatusCode;
use kernel::Clock;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testkit::Answer;
use url::Url;

use crate::support::{World, world_with};

/// What the provider will say about the person who has just signed in there.
#[derive(Clone)]
struct Grant {
    claims: Value,
    challenge: String,
}

#[derive(Clone)]
struct Provider {
    url: String,
    key: SigningKey,
    published: Arc<Mutex<SigningKey>>,
    grants: Arc<Mutex<HashMap<String, Grant>>>,
}

impl Provider {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let key = SigningKey::from_bytes(&[9; 32]);
        let provider = Self { url, published: Arc::new(Mutex::new(key.clone())), key, grants: Arc::default() };
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(jwks))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        provider
    }

    /// The person signs in at the provider: the code for the authorisation request at `location`.
    fn sign_in(&self, location: &Url, clock: &Clock, change: impl FnOnce(&mut Value)) -> String {
        let asked: HashMap<String, String> = location.query_pairs().into_owned().collect();
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", "sluice"));
        assert_eq!(asked["code_challenge_method"], "S256");
        let now = clock.now().timestamp();
        let mut claims = json!({
            "iss": self.url, "aud": "sluice", "sub": "subject-1", "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "email": "lin@example.com", "email_verified": true,
        });
        change(&mut claims);
        let code = format!("code-{}", asked["state"]);
        let grant = Grant { claims, challenge: asked["code_challenge"].clone() };
        self.grants.lock().expect("not poisoned").insert(code.clone(), grant);
        code
    }

    fn signed(&self, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let text = format!("{}.{}", part(&json!({ "alg": "EdDSA", "kid": "k1", "typ": "JWT" })), part(claims));
        let signature = self.key.sign(text.as_bytes());
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }
}

async fn metadata(State(provider): State<Provider>) -> Json<Value> {
    let url = &provider.url;
    Json(json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/jwks"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    let key = provider.published.lock().expect("not poisoned").verifying_key();
    let x = URL_SAFE_NO_PAD.encode(key.as_bytes());
    Json(json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": "k1", "x": x }] }))
}

async fn token(
    State(provider): State<Provider>,
    Form(asked): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let grant = provider.grants.lock().expect("not poisoned").remove(&asked["code"]).ok_or(StatusCode::BAD_REQUEST)?;
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(asked["code_verifier"].as_bytes()));
    if challenge != grant.challenge || asked["grant_type"] != "authorization_code" {
        return Err(StatusCode::BAD_REQUEST);
    }
    Ok(Json(json!({ "access_token": "at", "token_type": "Bearer", "id_token": provider.signed(&grant.claims) })))
}

async fn world(provider: &Provider) -> World {
    let text = |value: &str| format!("{value:?}");
    world_with(|app| {
        app.set(&["service", "oidc", "corp", "issuer"], text(&provider.url))
            .set(&["service", "oidc", "corp", "client_id"], text("sluice"))
            .set(&["service", "oidc", "corp", "client_secret"], text("a secret of the tests"))
            .set(&["service", "oidc", "corp", "tenant"], text("demo"))
            .set(&["service", "oidc", "corp", "label"], text("企业账号"))
    })
    .await
}

/// A browser that has been sent to the provider.
struct Browser<'a> {
    world: &'a World,
    http: reqwest::Client,
    cookie: String,
    location: Url,
}

impl<'a> Browser<'a> {
    async fn start(world: &'a World) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        let url = format!("{}/api/session/oidc/corp/start?return_to=/leads", world.app.base_url);
        let answer = http.get(url).send().await.expect("an answer");
        assert_eq!(answer.status(), 303);
        let cookie =
            answer.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a pair").to_owned();
        let location = answer.headers()["location"].to_str().expect("text").parse().expect("a URL");
        Self { world, http, cookie, location }
    }

    fn state(&self) -> String {
        self.location.query_pairs().find(|(name, _)| name == "state").expect("a state").1.into_owned()
    }

    async fn back(&self, query: &str) -> Response {
        let url = format!("{}/api/session/oidc/corp/callback?{query}", self.world.app.base_url);
        self.http.get(url).header("cookie", &self.cookie).send().await.expect("an answer")
    }

    async fn back_with(&self, code: &str) -> Response {
        self.back(&format!("state={}&code={code}", self.state())).await
    }
}

async fn code_of(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.expect("a problem");
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_verified_address_finds_the_person() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let options = Answer::of(world.anonymous(Method::GET, "/api/session/options")).await.ok();
    assert_eq!(
        options["providers"][0],
        json!({ "name": "corp", "label": "企业账号", "start": "/api/session/oidc/corp/start" })
    );
    let browser = Browser::start(&world).await;
    let code = provider.sign_in(&browser.location, &world.app.clock, |_| ());
    let answer = browser.back_with(&code).await;
    assert_eq!((answer.status().as_u16(), answer.headers()["location"].to_str().expect("text")), (303, "/leads"));
    let cookies: Vec<_> =
        answer.headers().get_all("set-cookie").iter().map(|line| line.to_str().expect("text")).collect();
    let session = cookies.iter().find_map(|line| line.strip_prefix("sluice_session=")).expect("a session");
    let me = world.bearer(session.split(';').next().expect("a token")).get("/api/session").await.ok();
    assert_eq!(me["name"], "林示例");
}

#[tokio::test]
async fn a_known_subject_needs_no_address_any_more() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let first = Browser::start(&world).await;
    let code = provider.sign_in(&first.location, &world.app.clock, |_| ());
    assert_eq!(first.back_with(&code).await.status(), 303);
    let second = Browser::start(&world).await;
    let code =
        provider.sign_in(&second.location, &world.app.clock, |claims| claims["email"] = json!("other@example.com"));
    assert_eq!(second.back_with(&code).await.status(), 303);
    let linked = world.recorded("person.identity_linked.v1").await;
    assert_eq!(linked.len(), 1, "{linked:?}");
    assert_eq!(
        (&linked[0]["data"]["provider"], &linked[0]["actor"]["id"]),
        (&json!("corp"), &linked[0]["aggregate_id"])
    );
    let methods: Vec<_> =
        world.recorded("session.opened.v1").await.iter().map(|record| record["data"]["method"].clone()).collect();
    assert_eq!(methods, ["oidc", "oidc"]);
}

#[tokio::test]
async fn strangers_and_unverified_addresses_stay_outside() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let changes: [fn(&mut Value); 3] = [
        |claims| claims["email"] = json!("stranger@example.com"),
        |claims| claims["email_verified"] = json!(false),
        |claims| claims["email"] = Value::Null,
    ];
    for change in changes {
        let browser = Browser::start(&world).await;
        let code = provider.sign_in(&browser.location, &world.app.clock, change);
        assert_eq!(code_of(browser.back_with(&code).await).await, (403, "oidc_unknown_person".into()));
    }
}

#[tokio::test]
async fn tokens_meant_for_others_are_refused() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let past = world.app.clock.now().timestamp() - 10;
    let changes: [(&str, Value); 4] = [
        ("nonce", json!("another")),
        ("aud", json!("another-client")),
        ("iss", json!("https://other.example")),
        ("exp", json!(past)),
    ];
    for (claim, value) in changes {
        let browser = Browser::start(&world).await;
        let code = provider.sign_in(&browser.location, &world.app.clock, |claims| claims[claim] = value);
        assert_eq!(code_of(browser.back_with(&code).await).await, (401, "oidc_refused".into()), "{claim}");
    }
    *provider.published.lock().expect("not poisoned") = SigningKey::from_bytes(&[8; 32]);
    let browser = Browser::start(&world).await;
    let code = provider.sign_in(&browser.location, &world.app.clock, |_| ());
    assert_eq!(code_of(browser.back_with(&code).await).await, (401, "oidc_refused".into()), "another key");
}

#[tokio::test]
async fn a_request_counts_once_in_time_and_for_its_browser() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let browser = Browser::start(&world).await;
    let code = provider.sign_in(&browser.location, &world.app.clock, |_| ());
    assert_eq!(browser.back_with(&code).await.status(), 303);
    let code = provider.sign_in(&browser.location, &world.app.clock, |_| ());
    assert_eq!(code_of(browser.back_with(&code).await).await, (401, "oidc_refused".into()), "a second time");

    let mut stolen = Browser::start(&world).await;
    let code = provider.sign_in(&stolen.location, &world.app.clock, |_| ());
    stolen.cookie = "sluice_oidc=another".into();
    assert_eq!(code_of(stolen.back_with(&code).await).await, (401, "oidc_refused".into()), "another browser");

    let late = Browser::start(&world).await;
    world.app.clock.advance(Duration::minutes(11)).expect("moved");
    let code = provider.sign_in(&late.location, &world.app.clock, |_| ());
    assert_eq!(code_of(late.back_with(&code).await).await, (401, "oidc_refused".into()), "too late");
}

#[tokio::test]
async fn refusals_of_the_provider_and_unknown_providers() {
    let provider = Provider::start().await;
    let world = world(&provider).await;
    let browser = Browser::start(&world).await;
    let answer = browser.back(&format!("state={}&error=access_denied", browser.state())).await;
    assert_eq!(code_of(answer).await, (401, "oidc_refused".into()));
    assert_eq!(code_of(browser.back("state=unknown&code=x").await).await, (401, "oidc_refused".into()));
    let unknown = world.anonymous(Method::GET, "/api/session/oidc/elsewhere/start");
    Answer::of(unknown).await.refused(404, "provider_not_found");
}

#[tokio::test]
async fn a_provider_that_is_away_is_a_problem_that_passes() {
    let world = world_with(|app| {
        app.set(&["service", "oidc", "corp", "issuer"], "\"http://127.0.0.1:1\"")
            .set(&["service", "oidc", "corp", "client_id"], "\"sluice\"")
            .set(&["service", "oidc", "corp", "tenant"], "\"demo\"")
            .set(&["service", "oidc", "corp", "label"], "\"企业账号\"")
    })
    .await;
    Answer::of(world.anonymous(Method::GET, "/api/session/oidc/corp/start")).await.refused(503, "unavailable");
}
