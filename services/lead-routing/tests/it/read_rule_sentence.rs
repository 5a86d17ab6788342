use kernel::Role;
use serde_json::json;

use crate::scene::Scene;

const SENTENCE: &str = "/api/routing-rules/sentence";

#[tokio::test]
async fn a_sentence_becomes_a_rule_that_can_be_saved() {
    let scene = Scene::empty().await;
    let (a, b) = (scene.rep_with(json!({"name": "测甲"})).await, scene.rep_with(json!({"name": "测乙"})).await);
    let said = json!({"sentence": "预算>10万且来自官网的线索，优先分给测甲或测乙"});
    let understood = scene.operations.post(SENTENCE, &said).await.ok();
    assert_eq!(understood["plain"], "来源是官网表单且预算高于 10 万元的线索，分给测甲或测乙");
    assert_eq!(understood["condition"]["budget"]["over"]["amount"], "100000.00");
    let draft = json!({
        "name": "官网大单", "position": 1, "condition": understood["condition"], "action": understood["action"],
    });
    scene.operations.post("/api/routing-rules", &draft).await.ok();
    let owner = scene.lead(1).await["owner_id"].clone();
    assert!([json!(a.id()), json!(b.id())].contains(&owner));
}

#[tokio::test]
async fn the_unclear_word_is_named_with_its_place() {
    let scene = Scene::empty().await;
    scene.rep_with(json!({"name": "测甲"})).await;
    let refused = scene.operations.post(SENTENCE, &json!({"sentence": "来自微博的线索，分给测甲"})).await;
    let error = refused.refused(400, "invalid_request")["errors"][0].clone();
    assert_eq!((&error["field"], &error["code"]), (&json!("sentence[2..4]"), &json!("unknown_source")));
    let rep = scene.app.person(Role::SalesRep, "/huadong/");
    rep.post(SENTENCE, &json!({"sentence": "分给测甲"})).await.refused(403, "forbidden");
    let long = json!({"sentence": "长".repeat(1_001)});
    let refused = scene.operations.post(SENTENCE, &long).await.refused(400, "invalid_request");
    assert_eq!(refused["errors"][0]["code"], "too_long");
}
