use reqwest::Method;
use serde_json::{Value, json};
use testkit::Answer;

use crate::support::{DEALER_KEY, world};

fn draft(name: &str, is_default: bool) -> Value {
    json!({ "screen": "leads", "name": name, "query": "state=queued&org=%2Fhuadong%2F", "is_default": is_default })
}

fn names(list: &Value) -> Vec<(&str, bool)> {
    let items = list["items"].as_array().expect("items");
    items.iter().map(|view| (view["name"].as_str().expect("a name"), view["is_default"] == true)).collect()
}

#[tokio::test]
async fn views_are_kept_changed_and_forgotten() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    let first = rep.post("/api/me/views", &draft("A 等待中", true)).await.ok();
    assert_eq!((&first["version"], &first["query"]), (&json!(1), &json!("state=queued&org=%2Fhuadong%2F")));
    rep.post("/api/me/views", &draft("A 等待中", false)).await.refused(409, "saved_view_exists");
    rep.post("/api/me/views", &draft("B 华东", true)).await.ok();
    assert_eq!(names(&rep.get("/api/me/views?screen=leads").await.ok()), [("A 等待中", false), ("B 华东", true)]);
    assert_eq!(names(&rep.get("/api/me/views?screen=quotes").await.ok()), []);

    let path = format!("/api/me/views/{}", first["id"].as_str().expect("an id"));
    assert_eq!(rep.put(&path, &draft("C 我的", true)).await.ok()["version"], 2);
    let stale = rep.request(Method::PUT, &path).header("if-match", "\"1\"").json(&draft("D", false));
    Answer::of(stale).await.refused(412, "changed_meanwhile");
    assert_eq!(names(&rep.get("/api/me/views").await.ok()), [("B 华东", false), ("C 我的", true)]);
    rep.delete(&path).await.ok();
    rep.delete(&path).await.refused(404, "saved_view_not_found");
    let told = world.recorded("saved_view.changed.v1").await;
    let what: Vec<_> = told.iter().map(|record| record["data"]["what"].as_str().expect("what")).collect();
    assert_eq!(what, ["saved", "saved", "changed", "removed"]);
    assert!(!told.iter().any(|record| record.to_string().contains("我的")));
}

#[tokio::test]
async fn nobody_sees_or_changes_anothers_views_and_systems_have_none() {
    let world = world().await;
    let (rep, manager) = (world.sign_in("lin.demo").await, world.sign_in("guan.demo").await);
    let view = rep.post("/api/me/views", &draft("我的", false)).await.ok();
    let path = format!("/api/me/views/{}", view["id"].as_str().expect("an id"));
    assert_eq!(names(&manager.get("/api/me/views").await.ok()), []);
    manager.put(&path, &draft("他的", false)).await.refused(404, "saved_view_not_found");
    manager.delete(&path).await.refused(404, "saved_view_not_found");
    manager.post("/api/me/views", &draft("我的", false)).await.ok();
    world.bearer(DEALER_KEY).get("/api/me/views").await.refused(403, "people_only");
}

#[tokio::test]
async fn what_makes_no_view_is_told_by_field_and_there_is_an_end() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    let bad = json!({ "screen": "Leads!", "name": "", "query": "" });
    let refused = rep.post("/api/me/views", &bad).await.refused(400, "invalid_request");
    let errors = refused["errors"].as_array().expect("errors");
    assert_eq!(errors.iter().map(|error| error["field"].as_str()).collect::<Vec<_>>(), [Some("screen"), Some("name")]);
    for n in 0..50 {
        rep.post("/api/me/views", &draft(&format!("视图 {n}"), false)).await.ok();
    }
    rep.post("/api/me/views", &draft("多了", false)).await.refused(409, "too_many_views");
}
