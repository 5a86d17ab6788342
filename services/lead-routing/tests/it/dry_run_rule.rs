use kernel::Role;
use serde_json::{Value, json};

use crate::scene::{Scene, lead};

const DRY_RUN: &str = "/api/routing-rules/dry-run";

fn only(rep: &testkit::Client) -> Value {
    json!({"candidates": [{"person_id": rep.id()}]})
}

fn trial(id: Option<uuid::Uuid>, condition: &Value, action: &Value) -> Value {
    json!({"id": id, "draft": {"name": "试", "position": 0, "condition": condition, "action": action}})
}

#[tokio::test]
async fn a_rule_is_tried_on_leads_of_the_past_and_changes_nothing() {
    let scene = Scene::empty().await;
    let (a, b) = (scene.rep().await, scene.rep_with(json!({"paused": true})).await);
    scene.rule(5, json!({}), only(&a)).await;
    for n in 0..6 {
        let mut body = lead(n);
        body["region"] = json!(if n < 2 { "北京" } else { "上海市" });
        scene.operations.post("/api/leads", &body).await.ok();
    }
    let result = scene.operations.post(DRY_RUN, &trial(None, &json!({"regions": ["北京"]}), &only(&b))).await.ok();
    assert_eq!((&result["leads"], &result["matched"], &result["moved"]), (&json!(6), &json!(2), &json!(2)));
    let first = &result["sample"][0];
    assert_eq!((&first["matches"], &first["before"]["rule"]), (&json!(true), &json!("规则5")));
    assert_eq!((&first["before"]["person_id"], &first["after"]["person_id"]), (&json!(a.id()), &json!(b.id())));
    assert_eq!((&first["after"]["outcome"], &first["after"]["rule"]), (&json!("reps"), &json!("试")));
    let of = |rep: &testkit::Client| {
        let people = result["people"].as_array().expect("people");
        let found = people.iter().find(|one| one["person_id"] == json!(rep.id())).expect("there");
        (found["before"].clone(), found["after"].clone())
    };
    assert_eq!((of(&a), of(&b)), ((json!(6), json!(4)), (json!(0), json!(2))));

    let rules = scene.operations.get("/api/routing-rules").await.ok();
    assert_eq!(rules.as_array().map(Vec::len), Some(1));
    assert_eq!(b.get(&format!("/api/reps/{}", b.id())).await.ok()["open"], 0);
}

#[tokio::test]
async fn a_changed_rule_takes_its_own_place_and_loads_are_shared() {
    let scene = Scene::empty().await;
    let (a, b) = (scene.rep().await, scene.rep().await);
    let id = scene.rule(5, json!({}), only(&a)).await;
    for n in 0..8 {
        scene.lead(n).await;
    }
    let weighted = json!({"candidates": [{"person_id": a.id(), "weight": 3}, {"person_id": b.id(), "weight": 1}]});
    let result = scene.operations.post(DRY_RUN, &trial(Some(id), &json!({}), &weighted)).await.ok();
    assert_eq!((&result["matched"], &result["moved"]), (&json!(8), &json!(2)));
    let off = json!({"id": id, "draft": {"name": "停用", "position": 5, "enabled": false, "action": only(&a)}});
    let result = scene.operations.post(DRY_RUN, &off).await.ok();
    assert_eq!((&result["moved"], &result["sample"][0]["after"]["outcome"]), (&json!(8), &json!("queue")));
}

#[tokio::test]
async fn only_who_writes_rules_tries_them_and_nonsense_is_told() {
    let scene = Scene::open().await;
    let nothing = trial(None, &json!({}), &json!({}));
    scene.app.person(Role::SalesRep, "/huadong/").post(DRY_RUN, &nothing).await.refused(403, "forbidden");
    let mut bad = nothing.clone();
    bad["draft"]["name"] = json!(" ");
    let refused = scene.operations.post(DRY_RUN, &bad).await.refused(400, "invalid_request");
    assert_eq!(refused["errors"][0]["field"], "draft.name");
    let mut bad = nothing;
    bad["days"] = json!(0);
    let refused = scene.operations.post(DRY_RUN, &bad).await.refused(400, "invalid_request");
    assert_eq!(refused["errors"][0]["field"], "days");
}
