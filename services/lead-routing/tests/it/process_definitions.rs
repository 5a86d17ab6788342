use chrono::Duration;
use contracts::lead_routing::v1::{LeadUnassignedOverdue, ProcessPublished};
use serde_json::{Value, json};

use crate::scene::{Scene, form, path, recording};

const BUILT_IN: &str = include_str!("../../process/lead.yaml");
const TOUCHED: &str = "    to: touched\n    evidence: [contact]\n";
const PUBLISH: &str = "/api/process/lead-routing/publish";
const VALIDATE: &str = "/api/process/lead-routing/validate";

fn next_version() -> String {
    BUILT_IN.replacen("version: 1", "version: 2", 1)
}

/// The next version, with another limit for leads in the pool.
fn shorter() -> String {
    let deadline = "    deadlines:\n      - { kind: unassigned, after: 30m, clock: elapsed, then: tell_manager, tell: [sales_manager] }\n";
    next_version().replacen("    to: unassigned\n", &format!("    to: unassigned\n{deadline}"), 1)
}

/// The next version: the first contact asks for the contact's nickname as well.
fn stricter() -> String {
    next_version().replacen(TOUCHED, &format!("{TOUCHED}    requires: [screening.nickname]\n"), 1)
}

/// The next version: the first contact needs no proof.
fn looser() -> String {
    next_version().replacen(TOUCHED, "    to: touched\n", 1)
}

fn text(yaml: &str) -> Value {
    json!({ "yaml": yaml })
}

/// What a dry run says about the first contact.
async fn tried(scene: &Scene, yaml: &str) -> Value {
    let report = scene.operations.post("/api/process/lead-routing/dry-run", &text(yaml)).await.ok();
    let moves = report["transitions"].as_array().expect("moves");
    moves.iter().find(|one| one["from"] == "assigned" && one["to"] == "touched").expect("the move").clone()
}

#[tokio::test]
async fn definitions_are_listed_and_read_with_their_text() {
    let scene = Scene::empty().await;
    assert_eq!(scene.manager.get("/api/process/lead-routing/definitions").await.ok(), json!(["lead"]));
    let read = scene.manager.get("/api/process/lead-routing/definitions/lead").await.ok();
    assert_eq!((&read["version"], &read["yaml"]), (&json!(1), &json!(BUILT_IN)));
}

#[tokio::test]
async fn a_malformed_process_is_refused_with_line_and_reason() {
    let scene = Scene::empty().await;
    let broken = shorter().replacen("from: screened\n    to: converted", "from: screened\n    to: nowhere", 1);
    let line = broken.lines().position(|line| line.contains("nowhere")).expect("a line") + 1;
    let problem = scene.operations.post(VALIDATE, &text(&broken)).await.refused(400, "invalid_request");
    let errors = problem["errors"].as_array().expect("errors");
    let at = errors.iter().find(|one| one["field"].as_str().is_some_and(|at| at.starts_with(&format!("{line}:"))));
    assert!(at.expect("the line")["reason"].as_str().is_some_and(|reason| reason.contains("nowhere")), "{errors:?}");
    let other = shorter().replace("name: lead", "name: other").replace("version: 2", "version: 1");
    scene.operations.post(PUBLISH, &text(&other)).await.refused(400, "invalid_request");
}

#[tokio::test]
async fn requirements_that_nothing_would_ask_for_are_refused() {
    let scene = Scene::empty().await;
    let assigned = "from: unassigned\n    to: assigned\n";
    let asking = next_version().replacen(assigned, &format!("{assigned}    requires: [subject]\n"), 1);
    let problem = scene.operations.post(VALIDATE, &text(&asking)).await.refused(400, "invalid_request");
    let error = &problem["errors"][0];
    assert_eq!((&error["field"], &error["code"]), (&json!("transitions.unassigned.assigned"), &json!("no_effect")));
}

#[tokio::test]
async fn a_dry_run_names_the_leads_it_would_block_or_free() {
    let scene = Scene::open().await;
    scene.rep().await;
    let lead = scene.lead(1).await;
    let blocked = &tried(&scene, &stricter()).await["blocked"][0];
    assert_eq!((&blocked["id"], &blocked["newly_missing"]), (&lead["id"], &json!(["screening.nickname"])));
    let freed = tried(&scene, &looser()).await;
    assert_eq!((&freed["freed"], &freed["blocked"]), (&json!([lead["id"]]), &json!([])));
}

#[tokio::test]
async fn a_published_version_judges_the_next_move_and_is_told_once() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let lead = scene.lead(1).await;
    for path in ["/api/process/lead-routing/dry-run", PUBLISH] {
        rep.post(path, &text(&stricter())).await.refused(403, "forbidden");
        scene.manager.post(path, &text(&stricter())).await.refused(403, "forbidden");
    }
    let first = scene.operations.post_once("p1", PUBLISH, &text(&stricter())).await.ok();
    assert_eq!(scene.operations.post_once("p1", PUBLISH, &text(&stricter())).await.ok(), first);
    let event: ProcessPublished = scene.app.event().await;
    assert_eq!((event.name.as_str(), event.definition_version), ("lead", 2));
    assert_eq!((&json!(event.sha256), scene.app.count_events::<ProcessPublished>().await), (&first["sha256"], 1));

    let problem = rep.post(&path(&lead, "/touch"), &recording()).await.refused(422, "gate_closed");
    assert_eq!(problem["errors"][0]["field"], "screening.nickname");
    rep.put(&path(&lead, "/screening"), &form()).await.ok();
}

#[tokio::test]
async fn a_published_process_replaces_the_configured_limits() {
    let scene = Scene::open().await;
    let published = scene.operations.post(PUBLISH, &text(&shorter())).await.ok();
    assert_eq!(published["version"], 2);
    scene.lead(1).await;
    scene.app.clock.advance(Duration::minutes(30)).expect("movable");
    scene.app.event::<LeadUnassignedOverdue>().await;
}
