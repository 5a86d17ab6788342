use kernel::Role;
use serde_json::{Value, json};

use crate::scene::{Scene, lead};

fn companies(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items").iter();
    items.map(|lead| lead["company"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn pages_and_filters_show_what_one_may_see() {
    let scene = Scene::open().await;
    let rep = scene.rep_with(json!({"open_limit": 3})).await;
    for n in 1..=5 {
        scene.app.clock.advance(chrono::Duration::seconds(1)).expect("movable");
        let mut body = lead(n);
        body["source"] = json!(if n == 2 { "wecom" } else { "phone" });
        body["region"] = json!(if n == 3 { "江苏省" } else { "上海市" });
        scene.operations.post("/api/leads", &body).await.ok();
    }
    let name = |n: u32| format!("远山机电{n}号有限公司");
    let first = scene.operations.get("/api/leads?limit=2").await.ok();
    assert_eq!(companies(&first), [name(5), name(4)]);
    let cursor = first["next_cursor"].as_str().expect("more");
    let second = scene.operations.get(&format!("/api/leads?limit=3&cursor={cursor}")).await.ok();
    assert_eq!(companies(&second), [name(3), name(2), name(1)]);
    assert!(second.get("next_cursor").is_none());

    let ask = async |query: &str| companies(&scene.operations.get(&format!("/api/leads?{query}")).await.ok());
    assert_eq!(ask("source=wecom").await, [name(2)]);
    assert_eq!(ask("region=%E6%B1%9F%E8%8B%8F").await, [name(3)]);
    assert_eq!(ask("q=4%E5%8F%B7").await, [name(4)]);
    assert_eq!(ask(&format!("owner={}", rep.id())).await, [name(3), name(2), name(1)]);
    assert_eq!(ask("state=unassigned").await, [name(5), name(4)]);
    assert_eq!(companies(&rep.get("/api/leads").await.ok()), [name(3), name(2), name(1)]);
    assert_eq!(
        companies(&scene.manager.get("/api/leads").await.ok()),
        [name(3), name(2), name(1)],
        "the rest waits at the root"
    );
    let elsewhere = scene.app.person(Role::SalesManager, "/huabei/");
    assert_eq!(companies(&elsewhere.get("/api/leads").await.ok()), [""; 0]);
    scene.operations.get("/api/leads?cursor=nonsense").await.refused(400, "invalid_request");
    scene.operations.get("/api/leads?state=gone").await.refused(400, "invalid_request");
}
