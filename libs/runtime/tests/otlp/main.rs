//! What a collector receives. Telemetry starts once per process, so this is a program of its own.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod collected;
#[path = "../it/notes.rs"]
mod notes;
mod unreachable;

use futures::future::join_all;
use kernel::Role;
use reqwest::Method;
use runtime::config::{LogFormat, TelemetryConfig};
use runtime::telemetry::Telemetry;
use serde_json::json;
use testkit::{Answer, HttpSink, TestApp};

use crate::collected::{Collected, attribute};
use crate::notes::definition;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";
const OTHERS: usize = 60;

/// One request in the trace of its caller, one that fails in the same trace, many more, and the end right after.
async fn serve_and_stop(collector: &HttpSink) {
    let config =
        TelemetryConfig { format: LogFormat::Pretty, filter: "info".into(), otlp_endpoint: collector.url().into() };
    let telemetry = Telemetry::start(&config, "lead-routing").expect("started");
    let mut app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    let traced = |method, path| rep.request(method, path).header("traceparent", format!("00-{TRACE}-{CALLER}-01"));
    Answer::of(traced(Method::POST, "/api/notes").json(&json!({ "text": "traced" }))).await.ok();
    Answer::of(traced(Method::GET, "/api/notes/panic")).await.refused(500, "internal");
    let others = (0..OTHERS).map(|n| {
        let rep = rep.clone();
        async move { rep.post("/api/notes", &json!({ "text": format!("note {n}") })).await.ok() }
    });
    join_all(others).await;
    app.stop().await;
    // It waits for the collector, which runs on this test's own threads.
    tokio::task::spawn_blocking(move || drop(telemetry)).await.expect("flushed");
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_metrics_and_logs_reach_the_collector_whole() {
    let collector = HttpSink::start().await;
    collector.fail_next(1, 503);
    serve_and_stop(&collector).await;
    let collected = Collected::of(&collector.requests());
    assert_eq!(collected.services, ["lead-routing"]);

    let named = |name: &str| collected.spans.iter().filter(|span| span.name == name).collect::<Vec<_>>();
    let (requests, writes) = (named("request"), named("lead-routing.write"));
    assert_eq!((requests.len(), writes.len()), (OTHERS + 2, OTHERS + 1), "no span is lost at the end");
    let in_trace = |id: &[u8]| hex::encode(id) == TRACE;
    let request = requests.iter().find(|span| in_trace(&span.trace_id) && attribute(span, "method") == "POST");
    let request = request.expect("the traced request");
    assert_eq!((hex::encode(&request.parent_span_id).as_str(), attribute(request, "route")), (CALLER, "/api/notes"));
    let write = writes.iter().find(|span| in_trace(&span.trace_id)).expect("the traced operation");
    assert_eq!(write.parent_span_id, request.span_id);

    let failure = collected.line("request failed").expect("the failure was logged");
    assert!(in_trace(&failure.trace_id), "a log line is found by its trace");
    assert!(collected.line("stopped").is_some(), "the last line is there too");
    assert_eq!(
        collected.measured("http_server_request_duration", "/api/notes"),
        u64::try_from(OTHERS + 1).expect("few")
    );
}
