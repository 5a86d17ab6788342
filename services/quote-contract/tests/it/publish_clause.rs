use contracts::quote_contract::v1::ClausePublished;
use serde_json::json;

use crate::world::{World, clause};

#[tokio::test]
async fn publishing_asks_legal_for_a_second_factor() {
    let world = World::start().await;
    let id = world.legal.post("/api/clauses", &clause("IP", "locked", "知识产权归乙方所有。")).await.id();
    let publish = format!("/api/clauses/{id}/publish");
    world.legal.post(&publish, &json!({})).await.refused(401, "step_up_required");
    world.manager.stepped_up().post(&publish, &json!({})).await.refused(403, "forbidden");
    let published = world.legal.stepped_up().post(&publish, &json!({})).await.ok();
    let event: ClausePublished = world.app.event().await;
    assert_eq!((event.code.as_str(), event.revision), ("IP", 1));
    assert_eq!(json!(event.sha256), published["sha256"]);
    world.legal.stepped_up().post(&publish, &json!({})).await.refused(409, "clause_not_draft");
}

#[tokio::test]
async fn a_published_text_never_changes_and_gets_a_successor() {
    let world = World::start().await;
    let id = world.publish(&clause("IP", "locked", "知识产权归乙方所有。")).await;
    let next = world
        .legal
        .post("/api/clauses", &clause("IP", "locked", "知识产权归乙方所有，法律另有规定的除外。"))
        .await
        .ok();
    assert_eq!((&next["id"], &next["revision"]), (&json!(id), &json!(2)));
    let again = world.legal.post("/api/clauses", &clause("IP", "locked", "知识产权归属另行约定。")).await.ok();
    assert_eq!(again["revision"], 2, "a draft is written again");
    let revisions = world.rep.get(&format!("/api/clauses/{id}")).await.ok();
    assert_eq!(revisions.as_array().map(Vec::len), Some(2));
    let sql = "update quote_contract.clause_revisions set body = '' where clause_id = $1 and revision = 1";
    let changed = sqlx::query(sql).bind(id).execute(&mut world.app.admin().await).await.expect_err("refused");
    assert!(changed.to_string().contains("cannot be changed"), "{changed}");
}

#[tokio::test]
async fn only_legal_writes_and_wrong_clauses_are_refused() {
    let world = World::start().await;
    world.rep.post("/api/clauses", &clause("IP", "locked", "一")).await.refused(403, "forbidden");
    let problem = world.legal.post("/api/clauses", &clause("ip", "locked", "")).await.refused(400, "invalid_request");
    let fields: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| error["field"].clone()).collect();
    assert_eq!(fields, ["code", "body"]);
    world.legal.post("/api/clauses", &clause("IP", "grey", "一")).await.refused(400, "invalid_request");
}
