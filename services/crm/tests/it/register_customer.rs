use contracts::crm::v1::CustomerRegistered;
use kernel::Role;
use serde_json::json;

use crate::support::{ORG, fields, start};

#[tokio::test]
async fn a_rep_registers_a_customer_and_finds_it() {
    let app = start().await;
    let rep = app.person(Role::SalesRep, ORG);
    let new = json!({
        "company": " 北岸轴承有限公司 ", "credit_code": "91310000ma1k00001x", "industry": "bearings", "region": "江苏",
        "store_tier": "ka", "tags": ["重点", "重点"],
        "links": [{ "title": "总装图", "url": "drawings/17", "kind": "drawing" }],
        "contacts": [{ "name": "示例甲", "title": "采购经理", "decision_authority": "50 万以内", "budget_basis": "年度技改预算" }],
    });
    let view = rep.post("/api/customers", &new).await.ok();
    assert_eq!(
        (view["company"].as_str(), view["credit_code"].as_str()),
        (Some("北岸轴承有限公司"), Some("91310000MA1K00001X"))
    );
    assert_eq!((&view["tags"], view["store_tier"].as_str()), (&json!(["重点"]), Some("ka")));
    assert_eq!(view["contacts"][0]["budget_basis"], "年度技改预算");
    app.event::<CustomerRegistered>().await;
    for query in ["q=轴承", "grade=D", "health=yellow", "store_tier=ka", "tag=重点", "industry=bearings", "region=江苏"]
    {
        let found = rep.get(&format!("/api/customers?{query}")).await.ok();
        assert_eq!(found["items"][0]["id"], view["id"], "{query}");
    }
    let none = rep.get("/api/customers?grade=A").await.ok();
    assert_eq!(none["items"], json!([]));
}

#[tokio::test]
async fn everything_wrong_is_told_at_once() {
    let app = start().await;
    let rep = app.person(Role::SalesRep, ORG);
    let new = json!({ "company": " ", "credit_code": "123", "tags": [""],
        "links": [{ "title": "x", "url": "javascript:alert(1)", "kind": "website" }], "contacts": [{ "title": "经理" }] });
    let problem = rep.post("/api/customers", &new).await.refused(400, "invalid_request");
    assert_eq!(fields(&problem), ["company", "credit_code", "tags[0]", "links[0].url", "contacts[0].name"]);
    let unknown = rep.post("/api/customers", &json!({ "store_tier": "giant" })).await.refused(400, "invalid_request");
    assert_eq!(fields(&unknown), ["store_tier"]);
}

#[tokio::test]
async fn a_known_company_is_refused_with_its_owner() {
    let app = start().await;
    let (rep, other) = (app.person(Role::SalesRep, ORG), app.person(Role::SalesRep, ORG));
    rep.post("/api/customers", &json!({ "company": "北岸轴承有限公司" })).await.ok();
    let problem =
        other.post("/api/customers", &json!({ "company": "北岸轴承 集团" })).await.refused(409, "customer_exists");
    assert!(problem["errors"][0]["reason"].as_str().is_some_and(|reason| reason.contains(&rep.id().to_string())));
}

#[tokio::test]
async fn many_at_once_register_one() {
    let app = start().await;
    let reps: Vec<_> = (0..6).map(|_| app.person(Role::SalesRep, ORG)).collect();
    let company = json!({ "company": "同时登记有限公司" });
    let mut tasks = tokio::task::JoinSet::new();
    for rep in reps {
        let company = company.clone();
        tasks.spawn(async move { rep.post("/api/customers", &company).await.status.as_u16() });
    }
    let mut answers = tasks.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn the_same_key_registers_once_and_another_body_is_refused() {
    let app = start().await;
    let rep = app.person(Role::SalesRep, ORG);
    let first = rep.post_once("k1", "/api/customers", &json!({ "company": "北岸轴承" })).await.ok();
    let again = rep.post_once("k1", "/api/customers", &json!({ "company": "北岸轴承" })).await;
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.ok(), first);
    rep.post_once("k1", "/api/customers", &json!({ "company": "别的" })).await.refused(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_rep_cannot_register_for_somebody_else_but_the_manager_can() {
    let app = start().await;
    let (rep, other, manager) =
        (app.person(Role::SalesRep, ORG), app.person(Role::SalesRep, ORG), app.person(Role::SalesManager, ORG));
    let new = json!({ "company": "北岸轴承", "owner_id": other.id() });
    rep.post("/api/customers", &new).await.refused(403, "forbidden");
    let view = manager.post("/api/customers", &new).await.ok();
    assert_eq!(view["owner_id"], other.id().to_string());
    app.person(Role::Finance, "/").post("/api/customers", &new).await.refused(403, "forbidden");
}

#[tokio::test]
async fn lists_come_in_pages() {
    let app = start().await;
    let rep = app.person(Role::SalesRep, ORG);
    for number in 0..5 {
        app.clock.advance(chrono::Duration::seconds(1)).expect("movable");
        rep.post("/api/customers", &json!({ "company": format!("甲{number}号工厂") })).await.ok();
    }
    let mut names = Vec::new();
    let mut path = "/api/customers?limit=2".to_owned();
    loop {
        let page = rep.get(&path).await.ok();
        let items = page["items"].as_array().expect("items").clone();
        names.extend(items.iter().filter_map(|one| one["company"].as_str().map(str::to_owned)));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/customers?limit=2&cursor={cursor}");
    }
    assert_eq!(names, ["甲4号工厂", "甲3号工厂", "甲2号工厂", "甲1号工厂", "甲0号工厂"]);
    rep.get("/api/customers?cursor=nonsense").await.refused(400, "invalid_request");
}
