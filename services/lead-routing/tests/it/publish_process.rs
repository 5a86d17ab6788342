use chrono::Duration;
use contracts::lead_routing::v1::LeadUnassignedOverdue;
use serde_json::Value;
use testkit::{Answer, Client};

use crate::scene::Scene;

const BUILT_IN: &str = include_str!("../../process/lead.yaml");

async fn publish(client: &Client, yaml: String) -> Answer {
    Answer::of(client.request(http::Method::POST, "/api/routing-rules/process").body(yaml)).await
}

/// The next version, with another limit for leads in the pool.
fn shorter() -> String {
    let deadline = "    deadlines:\n      - { kind: unassigned, after: 30m, clock: elapsed, then: tell_manager, tell: [sales_manager] }\n";
    let next = BUILT_IN.replace("version: 1", "version: 2");
    next.replacen("    to: unassigned\n", &format!("    to: unassigned\n{deadline}"), 1)
}

#[tokio::test]
async fn a_published_process_replaces_the_configured_limits() {
    let scene = Scene::open().await;
    publish(&scene.manager, shorter()).await.refused(403, "forbidden");
    let published: Value = publish(&scene.operations, shorter()).await.ok();
    assert_eq!(published["version"], 2);
    scene.lead(1).await;
    scene.app.clock.advance(Duration::minutes(30)).expect("movable");
    scene.app.event::<LeadUnassignedOverdue>().await;
}

#[tokio::test]
async fn a_malformed_process_is_refused() {
    let scene = Scene::empty().await;
    let answer = publish(&scene.operations, shorter().replace("from: assigned", "from: nowhere")).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    let other = shorter().replace("name: lead", "name: other").replace("version: 2", "version: 1");
    publish(&scene.operations, other).await.refused(400, "invalid_request");
}
