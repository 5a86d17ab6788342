use contracts::quote_contract::v1::ProcessPublished;
use serde_json::{Value, json};

use crate::world::World;

const QUOTE: &str = include_str!("../../process/quote.yaml");
const CONTRACT: &str = include_str!("../../process/contract.yaml");
const PUBLISH: &str = "/api/process/quote-contract/publish";
const VALIDATE: &str = "/api/process/quote-contract/validate";

fn next_version(built_in: &str) -> String {
    built_in.replacen("version: 1", "version: 2", 1)
}

/// The next version: finance decides with the manager, and on every quote over 10 000 yuan.
fn stricter() -> String {
    let asks = "        when: facts.below_authority\n        policy: in_order\n        roles: [sales_manager]\n";
    let more = "        when: facts.below_authority || facts.total > 1000000\n        policy: in_order\n        roles: [sales_manager, finance]\n";
    next_version(QUOTE).replacen(asks, more, 1)
}

/// The next version: no contract over 10 000 yuan is submitted.
fn small_contracts() -> String {
    let gate = "    to: approved\n    gates:\n      - id: small\n        condition: facts.total <= 1000000\n        reason: { zh: 金额过大, en: Too large }\n        remedy: { zh: 拆分合同, en: Split it }\n";
    next_version(CONTRACT).replacen("    to: approved\n", gate, 1)
}

fn text(yaml: &str) -> Value {
    json!({ "yaml": yaml })
}

/// What a dry run says about submitting.
async fn tried(world: &World, yaml: &str) -> Value {
    let report = world.operations.post("/api/process/quote-contract/dry-run", &text(yaml)).await.ok();
    assert_eq!((&report["records"], &report["stranded"]), (&json!(1), &json!([])));
    report["transitions"][0].clone()
}

#[tokio::test]
async fn definitions_are_listed_and_read_with_their_text() {
    let world = World::start().await;
    let listed = world.rep.get("/api/process/quote-contract/definitions").await.ok();
    assert_eq!(listed, json!(["contract", "quote"]));
    for (name, yaml) in [("quote", QUOTE), ("contract", CONTRACT)] {
        let read = world.rep.get(&format!("/api/process/quote-contract/definitions/{name}")).await.ok();
        assert_eq!((&read["version"], &read["yaml"]), (&json!(1), &json!(yaml)));
    }
    for path in ["dry-run", "publish"] {
        let path = format!("/api/process/quote-contract/{path}");
        world.rep.post(&path, &text(&stricter())).await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_malformed_definition_is_refused_with_line_and_reason() {
    let world = World::start().await;
    let broken = stricter().replacen("facts.total >", "facts.totals >", 1);
    let line = broken.lines().position(|line| line.contains("facts.totals")).expect("a line") + 1;
    let problem = world.operations.post(VALIDATE, &text(&broken)).await.refused(400, "invalid_request");
    let error = &problem["errors"][0];
    assert!(error["field"].as_str().is_some_and(|at| at.starts_with(&format!("{line}:"))), "{error}");
    assert!(error["reason"].as_str().is_some_and(|reason| reason.contains("totals")), "{error}");
    world.operations.post(VALIDATE, &text(&stricter())).await.ok();
}

#[tokio::test]
async fn a_dry_run_names_the_quotes_that_would_need_an_approval() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("3").await;
    let asked = &tried(&world, &stricter()).await["approvals"][0];
    assert_eq!(
        (&asked["id"], &asked["rules"], &asked["rules_in_force"]),
        (&json!(id), &json!(["price_below_authority"]), &json!([]))
    );
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    assert_eq!(quote["status"], "approved", "nothing was changed");
}

#[tokio::test]
async fn a_published_version_asks_on_the_next_submission_and_leaves_open_approvals_alone() {
    let world = World::start().await;
    world.product().await;
    let (waiting, approval) = world.waiting().await;
    let first = world.operations.post_once("p1", PUBLISH, &text(&stricter())).await.ok();
    assert_eq!(world.operations.post_once("p1", PUBLISH, &text(&stricter())).await.ok(), first);
    world.operations.post(PUBLISH, &text(&stricter())).await.refused(409, "definition_version_conflict");
    let event: ProcessPublished = world.app.event().await;
    assert_eq!((event.name.as_str(), event.definition_version), ("quote", 2));
    assert_eq!((&json!(event.sha256), world.app.count_events::<ProcessPublished>().await), (&first["sha256"], 1));

    let id = world.draft("3").await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    assert_eq!(quote["status"], "pending_approval");
    let asked = quote["current"]["approval_id"].as_str().expect("an approval");
    let asked = world.manager.get(&format!("/api/approvals/{asked}")).await.ok();
    assert_eq!(asked["steps"].as_array().map(Vec::len), Some(2));

    let decide = format!("/api/approvals/{approval}/decide");
    world.manager.post(&decide, &json!({ "decision": "approve" })).await.ok();
    let quote = world.rep.get(&format!("/api/quotes/{waiting}")).await.ok();
    assert_eq!(quote["status"], "approved", "the manager alone was asked under version 1");
}

#[tokio::test]
async fn a_published_gate_keeps_a_contract_a_draft() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    let blocked = &tried(&world, &small_contracts()).await["blocked"][0];
    assert_eq!((&blocked["id"], &blocked["newly_missing"]), (&json!(id), &json!(["small"])));
    world.operations.post(PUBLISH, &text(&small_contracts())).await.ok();
    let problem = world.rep.post(&format!("/api/contracts/{id}/submit"), &json!({})).await;
    assert_eq!(problem.refused(422, "gate_closed")["errors"][0]["field"], "small");
    let read = world.rep.get("/api/process/quote-contract/definitions/quote").await.ok();
    assert_eq!(read["version"], 1, "the other process is as it was");
}
