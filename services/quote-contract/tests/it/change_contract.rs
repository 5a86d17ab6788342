use contracts::quote_contract::v1::{ContractChanged, ContractTamperRefused};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::World;

async fn document(world: &World, contract: Uuid) -> String {
    let request = world.rep.request(Method::GET, &format!("/api/contracts/{contract}/document"));
    request.send().await.expect("an answer").text().await.expect("text")
}

async fn consistency(world: &World, contract: Uuid) -> Value {
    world.rep.get(&format!("/api/contracts/{contract}/consistency")).await.ok()
}

#[tokio::test]
async fn business_fields_and_clauses_may_be_changed_the_price_may_not() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    let path = format!("/api/contracts/{id}");
    let change = json!({
        "delivery_place": "临溪市北站路 2 号", "lead_time_days": 40,
        "clauses": [{ "code": "DELIVERY", "title": "交付", "body": "分两批交付。" }]
    });
    let changed = world.rep.patch(&path, &change).await.ok();
    assert_eq!((&changed["lead_time_days"], &changed["clauses"][0]["body"]), (&json!(40), &json!("分两批交付。")));
    let event: ContractChanged = world.app.event().await;
    assert_eq!(event.fields, ["delivery_place", "lead_time_days", "clauses[DELIVERY]"]);
    world.rep.patch(&path, &json!({ "total": "1.00" })).await.refused(400, "invalid_request");
    let proof = consistency(&world, id).await;
    assert_eq!(
        (&proof["percent"], &proof["consistent"], &proof["clauses"][0]["edited"]),
        (&json!(100), &json!(true), &json!(true))
    );
}

#[tokio::test]
async fn a_locked_clause_cannot_be_changed_by_patch_and_the_attempt_is_kept() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    let change = json!({
        "delivery_place": "别处",
        "clauses": [{ "code": "FORCE-MAJEURE", "title": "不可抗力", "body": "概不适用。" }]
    });
    let problem = world.rep.patch(&format!("/api/contracts/{id}"), &change).await.refused(422, "clause_locked");
    assert_eq!(problem["errors"][0]["field"], "clauses[FORCE-MAJEURE]");
    let event: ContractTamperRefused = world.app.event().await;
    assert_eq!((event.contract_id, event.clause_code.as_str()), (id.to_string(), "FORCE-MAJEURE"));
    let now = world.rep.get(&format!("/api/contracts/{id}")).await.ok();
    assert_eq!(now["delivery_place"], "临溪市滨河路 8 号", "nothing else changed either");
    assert_eq!(consistency(&world, id).await["percent"], 100);
}

#[tokio::test]
async fn a_returned_document_is_compared_clause_by_clause() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    let import = format!("/api/contracts/{id}/import");
    let ours = document(&world, id).await;
    let tampered = ours.replace("部分或者全部免除责任", "不免除责任");
    assert_ne!(ours, tampered);
    world.rep.post(&import, &json!({ "document": tampered })).await.refused(422, "clause_locked");
    let cut = ours.split("\n【FORCE-MAJEURE】").next().expect("a beginning").to_owned();
    world.rep.post(&import, &json!({ "document": cut })).await.refused(422, "clause_locked");
    assert_eq!(world.app.events::<ContractTamperRefused>(2).await[1].clause_code, "FORCE-MAJEURE");
    world.rep.post(&import, &json!({ "document": "没有条款" })).await.refused(400, "invalid_request");
    world
        .rep
        .post(&import, &json!({ "document": format!("{ours}\n【EXTRA】新增\n内容\n") }))
        .await
        .refused(422, "clause_unknown");
    let edited = ours.replace("交付至甲方指定地点", "分两批交付").replace("滨河路 8 号", "滨河路 9 号");
    let taken = world.rep.post(&import, &json!({ "document": edited.replace('\n', "\r\n") })).await.ok();
    assert_eq!((&taken["delivery_place"], &taken["version"]), (&json!("临溪市滨河路 9 号"), &json!(4)));
    let again = world.rep.post(&import, &json!({ "document": document(&world, id).await })).await.ok();
    assert_eq!(again["version"], 4, "the same text changes nothing");
}

#[tokio::test]
async fn a_returned_list_of_clauses_is_compared_too() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    let clauses = json!({ "clauses": [
        { "code": "DELIVERY", "title": "不可抗力", "body": "乙方在承诺日期前交付至甲方指定地点。" },
        { "code": "FORCE-MAJEURE", "title": "不可抗力", "body": "无" }
    ] });
    world.rep.post(&format!("/api/contracts/{id}/import"), &clauses).await.refused(422, "clause_locked");
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_a_locked_clause() {
    let world = World::start().await;
    world.product().await;
    world.clauses().await;
    let id = world.contract().await;
    for sql in [
        "update quote_contract.contract_clauses set body = '无' where contract_id = $1 and kind = 'locked'",
        "update quote_contract.contract_clauses set kind = 'business' where contract_id = $1 and kind = 'locked'",
        "delete from quote_contract.contract_clauses where contract_id = $1 and kind = 'locked'",
    ] {
        let refused = sqlx::query(sql).bind(id).execute(&mut world.app.admin().await).await.expect_err("refused");
        assert!(refused.to_string().contains("clause FORCE-MAJEURE is locked"), "{refused}");
    }
}

#[tokio::test]
async fn somebody_elses_contract_cannot_be_changed() {
    let world = World::start().await;
    world.product().await;
    let id = world.contract().await;
    let other = world.app.person(kernel::Role::SalesRep, crate::world::ORG);
    other.patch(&format!("/api/contracts/{id}"), &json!({ "lead_time_days": 1 })).await.refused(403, "forbidden");
    other.post(&format!("/api/contracts/{id}/import"), &json!({ "clauses": [] })).await.refused(403, "forbidden");
}
