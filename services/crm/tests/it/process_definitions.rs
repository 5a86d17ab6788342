use contracts::crm::v1::{OpportunityStageChanged, ProcessPublished};
use kernel::Role;
use serde_json::{Value, json};
use testkit::{Client, TestApp};

use crate::support::{COMPANY, Deal, ORG, deal, deal_in, fields};

const BUILT_IN: &str = include_str!("../../process/opportunity.yaml");

/// The next version: needs asks for a survey of the site as well.
fn stricter() -> String {
    let survey =
        "  - name: site_survey\n    title: { zh: 现场勘察表, en: Site survey }\n    kinds: [file]\n\nstages:\n";
    next_version().replacen("\nstages:\n", survey, 1).replacen(
        "requires: [decision_chain]\n",
        "requires: [decision_chain]\n    evidence: [site_survey]\n",
        1,
    )
}

/// The next version: needs asks for nothing.
fn looser() -> String {
    next_version().replacen("    requires: [decision_chain]\n", "", 1)
}

fn next_version() -> String {
    BUILT_IN.replacen("version: 1", "version: 2", 1)
}

fn text(yaml: &str) -> Value {
    json!({ "yaml": yaml })
}

fn operations(app: &TestApp) -> Client {
    app.person(Role::Operations, "/")
}

/// What a dry run says about the move from first contact to needs.
async fn tried(deal: &Deal, yaml: &str) -> Value {
    let report = operations(&deal.app).post("/api/process/crm/dry-run", &text(yaml)).await.ok();
    assert_eq!((&report["in_force"], &report["proposed"], &report["records"]), (&json!(1), &json!(2), &json!(1)));
    let moves = report["transitions"].as_array().expect("moves");
    moves.iter().find(|one| one["from"] == "first_contact" && one["to"] == "needs").expect("the move").clone()
}

#[tokio::test]
async fn definitions_are_listed_and_read_with_their_text() {
    let deal = deal().await;
    assert_eq!(deal.rep.get("/api/process/crm/definitions").await.ok(), json!(["opportunity"]));
    let read = deal.rep.get("/api/process/crm/definitions/opportunity").await.ok();
    assert_eq!((&read["version"], &read["published"], &read["yaml"]), (&json!(1), &json!([]), &json!(BUILT_IN)));
    deal.rep.get("/api/process/crm/definitions/elsewhere").await.refused(404, "definition_not_found");
    let described = deal.rep.get("/openapi.json").await.ok();
    assert!(described["paths"]["/api/process/crm/dry-run"]["post"].is_object());
}

#[tokio::test]
async fn a_malformed_definition_is_refused_with_line_and_reason() {
    let deal = deal().await;
    let broken = next_version().replacen("    to: negotiation\n", "    to: nowhere\n", 1);
    let line = broken.lines().position(|line| line.contains("nowhere")).expect("a line") + 1;
    let problem = operations(&deal.app).post("/api/process/crm/validate", &text(&broken)).await;
    let problem = problem.refused(400, "invalid_request");
    let errors = problem["errors"].as_array().expect("errors");
    let at = errors.iter().find(|one| one["field"].as_str().is_some_and(|at| at.starts_with(&format!("{line}:"))));
    let error = at.expect("the line");
    assert_eq!(error["code"], "definition_invalid");
    assert!(error["reason"].as_str().is_some_and(|reason| reason.contains("nowhere")), "{error}");
    let valid = operations(&deal.app).post("/api/process/crm/validate", &text(&stricter())).await.ok();
    assert_eq!(valid, json!({ "name": "opportunity", "version": 2, "next_version": 2 }));
    let other = stricter().replacen("name: opportunity", "name: quote", 1);
    let problem = operations(&deal.app).post("/api/process/crm/validate", &text(&other)).await;
    assert_eq!(fields(&problem.refused(400, "invalid_request")), ["name"]);
}

#[tokio::test]
async fn a_dry_run_names_the_opportunities_it_would_block_and_changes_nothing() {
    let deal = deal().await;
    deal.rep.post("/api/visits", &deal.visit(&["purchasing"])).await.ok();
    let blocked = &tried(&deal, &stricter()).await["blocked"][0];
    assert_eq!(blocked["id"], json!(deal.opportunity));
    assert_eq!((&blocked["newly"], &blocked["newly_missing"]), (&json!(true), &json!(["site_survey"])));
    assert_eq!(blocked["missing"][0]["code"], "evidence_missing");
    deal.advance("needs").await.ok();
}

#[tokio::test]
async fn a_dry_run_names_the_opportunities_it_would_free() {
    let deal = deal().await;
    let needs = tried(&deal, &looser()).await;
    assert_eq!((&needs["tried"], &needs["blocked"]), (&json!(1), &json!([])));
    assert_eq!(needs["freed"], json!([deal.opportunity]));
    let approved = next_version().replacen(
        "    requires: [decision_chain]\n",
        "    approvals: [{ id: manager, title: { zh: 经理, en: Manager }, policy: all, roles: [sales_manager], escalate_to: sales_director }]\n",
        1,
    );
    let blocked = &tried(&deal, &approved).await["blocked"][0];
    assert_eq!(blocked["missing"][0]["code"], "approval_required", "nobody is asked for approvals here");
}

#[tokio::test]
async fn a_published_version_judges_the_next_move_and_is_told_once() {
    let deal = deal().await;
    deal.reach_needs().await;
    let operations = operations(&deal.app);
    let publish = "/api/process/crm/publish";
    let first = operations.post_once("p1", publish, &text(&stricter())).await.ok();
    assert_eq!((&first["name"], &first["version"]), (&json!("opportunity"), &json!(2)));
    let again = operations.post_once("p1", publish, &text(&stricter())).await;
    assert!(again.headers.contains_key("idempotency-replayed"));
    assert_eq!(again.ok(), first);
    operations.post(publish, &text(&stricter())).await.refused(409, "definition_version_conflict");
    let event: ProcessPublished = deal.app.event().await;
    assert_eq!((event.name.as_str(), event.definition_version), ("opportunity", 2));
    assert_eq!(json!(event.sha256), first["sha256"]);
    assert_eq!(deal.app.count_events::<ProcessPublished>().await, 1);

    let lead = deal_in(deal.app.clone(), deal.app.person(Role::SalesRep, ORG), &format!("{COMPANY}二厂")).await;
    lead.rep.post("/api/visits", &lead.visit(&["purchasing"])).await.ok();
    let problem = lead.advance("needs").await.refused(422, "gate_closed");
    assert_eq!(fields(&problem), ["site_survey"]);
    let survey = json!({ "name": "site_survey", "reference": "files/survey.pdf", "sha256": "cd".repeat(32) });
    lead.rep.post(&lead.path("/evidence"), &survey).await.ok();
    lead.advance("needs").await.ok();
    let versions: Vec<_> = deal.app.events::<OpportunityStageChanged>(2).await;
    assert_eq!(versions.iter().map(|moved| moved.definition_version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(deal.opportunity().await["definition_version"], 1, "what was judged before keeps its version");

    let read = operations.get("/api/process/crm/definitions/opportunity").await.ok();
    assert_eq!((&read["version"], &read["yaml"]), (&json!(2), &json!(stricter())));
    assert_eq!(read["published"][0]["published_by"], json!(operations.id()));
    let before = operations.get("/api/process/crm/definitions/opportunity/versions/1").await.ok();
    assert_eq!(before["yaml"], json!(BUILT_IN));
}

#[tokio::test]
async fn a_rep_neither_tries_nor_publishes() {
    let deal = deal().await;
    for path in ["/api/process/crm/dry-run", "/api/process/crm/publish"] {
        deal.rep.post(path, &text(&stricter())).await.refused(403, "forbidden");
    }
    let read = deal.rep.get("/api/process/crm/definitions/opportunity").await.ok();
    assert_eq!(read["version"], 1);
}
