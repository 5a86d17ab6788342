//! Forwarding to a real service on a real socket.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use contracts::gateway::v1::GetPersonRequest;
use contracts::gateway::v1::directory_client::DirectoryClient;
use futures::StreamExt;
use http::HeaderMap;
use reqwest::Method;
use runtime::trust::PRINCIPAL_HEADER;
use serde_json::json;
use testkit::{Answer, HttpSink, Received};

use crate::support::{DEALER_KEY, World, world, world_with};

/// A gateway whose services crm and lead-routing are this sink.
async fn before(sink: &HttpSink) -> World {
    let address = format!("{:?}", sink.url());
    world_with(|app| {
        app.set(&["runtime", "peers", "crm"], address.clone()).set(&["runtime", "peers", "lead-routing"], address)
    })
    .await
}

/// What was forwarded; descriptions are fetched on the gateway's own account.
fn forwarded(sink: &HttpSink) -> Vec<Received> {
    sink.requests().into_iter().filter(|seen| seen.target != "/openapi.json").collect()
}

#[tokio::test]
async fn a_request_reaches_its_service_with_a_signed_principal() {
    let sink = HttpSink::start().await;
    let world = before(&sink).await;
    sink.answer_at("/api/customers", 201, json!({ "id": 7 }));
    let rep = world.sign_in("lin.demo").await;
    let request = rep
        .request(Method::POST, "/api/customers?draft=true")
        .header("if-match", "\"3\"")
        .header("idempotency-key", "k-1")
        .header("accept-language", "en")
        .header("cookie", "sluice_session=secret")
        .header(PRINCIPAL_HEADER, "forged")
        .json(&json!({ "name": "示例客户" }));
    let answer = Answer::of(request).await;
    assert_eq!((answer.status.as_u16(), &answer.body["id"]), (201, &json!(7)));
    assert!(answer.headers.contains_key("x-correlation-id"));

    let seen = &forwarded(&sink)[0];
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("POST", "/api/customers?draft=true"));
    assert_eq!(seen.json(), json!({ "name": "示例客户" }));
    assert_eq!((seen.header("if-match"), seen.header("idempotency-key")), ("\"3\"", "k-1"));
    assert_eq!(seen.header("accept-language"), "en");
    assert_eq!(seen.header("x-correlation-id"), answer.headers["x-correlation-id"]);
    assert_eq!((seen.header("cookie"), seen.header("authorization")), ("", ""), "secrets end at the gateway");

    // Whoever believes the gateway's key believes this token.
    let mut asked = tonic::Request::new(GetPersonRequest { person_id: rep.id().await });
    asked.metadata_mut().insert(PRINCIPAL_HEADER, seen.header(PRINCIPAL_HEADER).parse().expect("metadata"));
    let mut directory = DirectoryClient::connect(world.app.base_url.clone()).await.expect("connected");
    let person = directory.get_person(asked).await.expect("believed").into_inner().person.expect("a person");
    assert_eq!(person.name, "林示例");
}

#[tokio::test]
async fn api_keys_are_forwarded_as_clients() {
    let sink = HttpSink::start().await;
    let world = before(&sink).await;
    world.bearer(DEALER_KEY).get("/api/leads").await.ok();
    let token = forwarded(&sink)[0].header(PRINCIPAL_HEADER).to_owned();
    let claims = {
        use base64::Engine as _;
        let body = token.split('.').next().expect("claims").to_owned();
        base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(body).expect("base64")
    };
    let claims: serde_json::Value = serde_json::from_slice(&claims).expect("JSON");
    assert_eq!(
        (&claims["principal"]["kind"], &claims["principal"]["roles"]),
        (&json!("api_client"), &json!(["dealer"]))
    );
}

#[tokio::test]
async fn without_a_principal_only_public_paths_are_forwarded() {
    let sink = HttpSink::start().await;
    let world = before(&sink).await;
    let visit = |method, path: &str| Answer::of(world.anonymous(method, path).header(PRINCIPAL_HEADER, "forged"));
    visit(Method::GET, "/api/customers").await.refused(401, "unauthenticated");
    visit(Method::GET, "/api/lead-forms").await.refused(401, "unauthenticated");
    visit(Method::GET, "/api/lead-forms/showroom").await.ok();
    let seen = forwarded(&sink);
    assert_eq!((seen.len(), seen[0].header(PRINCIPAL_HEADER)), (1, ""));
}

#[tokio::test]
async fn a_service_that_is_away_is_a_problem_that_passes() {
    let world = world_with(|app| app.set(&["runtime", "peers", "crm"], "\"http://127.0.0.1:1\"")).await;
    let rep = world.sign_in("lin.demo").await;
    let answer = rep.get("/api/customers").await;
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    answer.refused(503, "unavailable");
    rep.get("/api/leads").await.refused(503, "unavailable");
    rep.get("/api/nothing-here").await.refused(404, "not_found");
}

#[tokio::test]
async fn a_service_that_does_not_answer_in_time_is_given_up() {
    let sink = HttpSink::start().await;
    let address = format!("{:?}", sink.url());
    let world = world_with(|app| {
        app.set(&["runtime", "peers", "crm"], address).set(&["service", "proxy", "answer_within_seconds"], "1")
    })
    .await;
    sink.delay(std::time::Duration::from_secs(30));
    world.sign_in("lin.demo").await.get("/api/customers").await.refused(503, "unavailable");
}

#[tokio::test]
async fn refusals_of_services_pass_unchanged() {
    let sink = HttpSink::start().await;
    let world = before(&sink).await;
    sink.answer(422, json!({ "code": "gate_closed" }));
    world.sign_in("lin.demo").await.get("/api/opportunities/1").await.refused(422, "gate_closed");
}

#[tokio::test]
async fn some_paths_name_their_service() {
    let sink = HttpSink::start().await;
    let world = before(&sink).await;
    let admin = world.sign_in("admin.demo").await;
    admin.get("/api/dead-letters/crm").await.ok();
    admin.get("/api/process/lead-routing/definitions").await.ok();
    let targets: Vec<_> = forwarded(&sink).into_iter().map(|seen| seen.target).collect();
    assert_eq!(targets, ["/api/dead-letters/crm", "/api/process/lead-routing/definitions"]);
    let own = admin.get("/api/dead-letters/gateway").await;
    assert_eq!(own.ok(), json!([]), "its own it answers itself");
    world.sign_in("lin.demo").await.get("/api/dead-letters/gateway").await.refused(403, "forbidden");
}

/// A service that answers each chunk as it comes: nothing in between may wait for the whole.
async fn echo() -> (String, Arc<Mutex<HeaderMap>>) {
    let seen = Arc::new(Mutex::new(HeaderMap::new()));
    let keep = seen.clone();
    let routes = Router::new().fallback(any(async move |request: Request| -> Response {
        *keep.lock().expect("not poisoned") = request.headers().clone();
        let headers = [("connection", "close, x-private"), ("x-private", "1"), ("x-shared", "2")];
        (headers, Body::from_stream(request.into_body().into_data_stream())).into_response()
    }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (url, seen)
}

#[tokio::test]
async fn bodies_stream_both_ways_whatever_their_size() {
    let (url, _) = echo().await;
    let world = world_with(|app| app.set(&["runtime", "peers", "ai-qa"], format!("{url:?}"))).await;
    let rep = world.sign_in("lin.demo").await;
    let (sender, receiver) = futures::channel::mpsc::unbounded::<Result<Vec<u8>, std::io::Error>>();
    sender.unbounded_send(Ok(b"first".to_vec())).expect("sent");
    let sending = rep.request(Method::PUT, "/api/recordings/1/content").body(reqwest::Body::wrap_stream(receiver));
    let mut answer = sending.send().await.expect("an answer before the request has ended");
    assert_eq!(answer.chunk().await.expect("read").as_deref(), Some(b"first".as_slice()));
    let chunk = vec![7_u8; 1 << 20];
    for _ in 0..12 {
        sender.unbounded_send(Ok(chunk.clone())).expect("sent");
    }
    drop(sender);
    assert!(answer.headers().contains_key("x-shared") && !answer.headers().contains_key("x-private"));
    let rest: usize =
        answer.bytes_stream().map(|bytes| bytes.expect("read").len()).fold(0, async |sum, len| sum + len).await;
    assert_eq!(rest, 12 << 20);
}

#[tokio::test]
async fn a_known_length_stays_known() {
    let (url, seen) = echo().await;
    let world = world_with(|app| app.set(&["runtime", "peers", "ai-qa"], format!("{url:?}"))).await;
    let rep = world.sign_in("lin.demo").await;
    let body = vec![1_u8; 5 << 20];
    let answer = rep.request(Method::PUT, "/api/recordings/1/content").body(body).send().await.expect("answered");
    assert_eq!(answer.bytes().await.expect("read").len(), 5 << 20);
    let seen = seen.lock().expect("not poisoned").clone();
    assert_eq!(seen["content-length"], (5 << 20).to_string());
    assert!(!seen.contains_key("transfer-encoding"));
}

#[tokio::test]
async fn correlation_ids_of_clients_are_kept_when_they_are_ids() {
    let sink = HttpSink::start().await;
    let world = before(&sink).await;
    let rep = world.sign_in("lin.demo").await;
    let id = world.app.ids.new_id().to_string();
    let send = |id: &str| Answer::of(rep.request(Method::GET, "/api/customers").header("x-correlation-id", id));
    assert_eq!(send(&id).await.headers["x-correlation-id"], id);
    assert_ne!(send("a line\tof text").await.headers["x-correlation-id"], "a line\tof text");
    assert_eq!(forwarded(&sink)[0].header("x-correlation-id"), id);
}

#[tokio::test]
async fn the_gateway_answers_its_own_paths_only_itself() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    rep.get("/api/people/x/y/z").await.refused(404, "not_found");
    assert_eq!(Answer::of(world.anonymous(Method::GET, "/healthz")).await.body, json!("ok"));
}
