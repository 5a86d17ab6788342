use contracts::lead_routing::v1::RoutingRuleChanged;
use serde_json::{Value, json};

use crate::scene::{Scene, lead};

fn yuan(amount: &str) -> Value {
    json!({"amount": amount, "currency": "CNY"})
}

async fn owner_of(scene: &Scene, n: u32, source: &str, budget: &str, region: &str) -> Value {
    let mut body = lead(n);
    body["source"] = json!(source);
    body["budget"] = yuan(budget);
    body["region"] = json!(region);
    scene.operations.post("/api/leads", &body).await.ok()["owner_id"].clone()
}

#[tokio::test]
async fn three_layers_decide_in_order() {
    let scene = Scene::empty().await;
    let (big, middle, north, rest) = (scene.rep().await, scene.rep().await, scene.rep().await, scene.rep().await);
    let only = |rep: &testkit::Client| json!({"candidates": [{"person_id": rep.id()}]});
    scene
        .rule(1, json!({"sources": ["web_form"], "budget": {"over": yuan("200000")}, "regions": ["上海"]}), only(&big))
        .await;
    let band = json!({"at_least": yuan("50000"), "at_most": yuan("200000")});
    scene.rule(2, json!({"sources": ["web_form", "phone"], "budget": band}), only(&middle)).await;
    scene.rule(3, json!({"regions": ["北京", "河北"]}), only(&north)).await;
    scene.rule(9, json!({}), only(&rest)).await;

    assert_eq!(owner_of(&scene, 1, "web_form", "200000.01", "上海市").await, json!(big.id()));
    assert_eq!(owner_of(&scene, 2, "web_form", "200000", "上海市").await, json!(middle.id()));
    assert_eq!(owner_of(&scene, 3, "phone", "50000", "北京").await, json!(middle.id()));
    assert_eq!(owner_of(&scene, 4, "web_form", "300000", "北京").await, json!(north.id()));
    assert_eq!(owner_of(&scene, 5, "wecom", "49999", "广东").await, json!(rest.id()));
}

#[tokio::test]
async fn percentages_are_kept() {
    let scene = Scene::empty().await;
    let (a, b) = (scene.rep_with(json!({"open_limit": 99})).await, scene.rep_with(json!({"open_limit": 99})).await);
    let split = json!([{"person_id": a.id(), "percent": 70}, {"person_id": b.id(), "percent": 30}]);
    scene.rule(1, json!({}), json!({"split": split})).await;
    for n in 0..20 {
        scene.lead(n).await;
    }
    let open = async |rep: &testkit::Client| rep.get(&format!("/api/reps/{}", rep.id())).await.ok()["open"].clone();
    assert_eq!((open(&a).await, open(&b).await), (json!(14), json!(6)));
}

#[tokio::test]
async fn skills_levels_and_exclusions_are_obeyed_and_fallbacks_taken() {
    let scene = Scene::empty().await;
    let novice = scene.rep_with(json!({"level": "novice"})).await;
    let unskilled = scene.rep_with(json!({"skills": []})).await;
    let excluded = scene.rep().await;
    let queue =
        json!({"industry_skill": true, "excluded": [excluded.id()], "fallback": {"queue": "/huadong/key-accounts/"}});
    scene.rule(1, json!({}), queue).await;
    let lead = scene.lead(1).await;
    assert_eq!((&lead["state"], &lead["org"]), (&json!("unassigned"), &json!("/huadong/key-accounts/")));
    let decision = scene.last_decision(&lead).await;
    let mut codes: Vec<(String, String)> = decision["explanation"]["skipped"]
        .as_array()
        .expect("skipped")
        .iter()
        .map(|one| (one["person_id"].as_str().unwrap_or("").into(), one["code"].as_str().unwrap_or("").into()))
        .collect();
    codes.sort();
    let mut expected = vec![
        (novice.id().to_string(), "below_level".to_owned()),
        (unskilled.id().to_string(), "lacks_skill".to_owned()),
        (excluded.id().to_string(), "excluded".to_owned()),
    ];
    expected.sort();
    assert_eq!(codes, expected);

    scene.rule(0, json!({}), json!({"skills": ["焊接"], "fallback": {"owner": unskilled.id()}})).await;
    let lead = scene.lead(2).await;
    assert_eq!(lead["owner_id"], json!(unskilled.id()));
    assert_eq!(scene.last_decision(&lead).await["how"], "fallback");
}

#[tokio::test]
async fn changes_hold_from_the_next_lead_on() {
    let scene = Scene::open().await;
    let (a, b) = (scene.rep().await, scene.rep().await);
    let only = |id| json!({"name": "专人", "position": 0, "action": {"candidates": [{"person_id": id}]}});
    let rule = scene.operations.post("/api/routing-rules", &only(a.id())).await.ok();
    let path = format!("/api/routing-rules/{}", rule["id"].as_str().expect("an id"));
    assert_eq!(scene.lead(1).await["owner_id"], json!(a.id()));
    let stale = scene.operations.request(http::Method::PUT, &path).header("if-match", "\"9\"").json(&only(b.id()));
    testkit::Answer::of(stale).await.refused(412, "changed_meanwhile");
    let changed = scene.operations.put(&path, &only(b.id())).await;
    assert_eq!(changed.headers["etag"], "\"2\"");
    assert_eq!(scene.lead(2).await["owner_id"], json!(b.id()));
    assert_eq!(scene.operations.delete(&path).await.status, 204);
    scene.operations.get(&path).await.refused(404, "routing_rule_not_found");
    scene.lead(3).await;
    let said: Vec<String> =
        scene.app.events::<RoutingRuleChanged>(4).await.into_iter().map(|event| event.what).collect();
    assert_eq!(said, ["created", "created", "changed", "removed"]);
}

#[tokio::test]
async fn only_operations_write_rules_and_wrong_ones_are_refused() {
    let scene = Scene::empty().await;
    let rule = json!({"name": "大单", "position": 1});
    scene.manager.post("/api/routing-rules", &rule).await.refused(403, "forbidden");
    assert_eq!(scene.manager.get("/api/routing-rules").await.ok(), json!([]));
    let rep = scene.rep().await;
    rep.get("/api/routing-rules").await.refused(403, "forbidden");
    let wrong = json!({"name": "", "position": 1, "condition": {"budget": {"over": yuan("5"), "below": yuan("5")}},
        "action": {"split": [{"person_id": rep.id(), "percent": 99}]}});
    let problem = scene.operations.post("/api/routing-rules", &wrong).await.refused(400, "invalid_request");
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3));
}
