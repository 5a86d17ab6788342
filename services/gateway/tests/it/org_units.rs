use serde_json::json;

use crate::support::world;

#[tokio::test]
async fn the_tree_grows_and_shrinks_at_its_leaves() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let suzhou = json!({ "path": "/huadong/suzhou/", "name": "苏州", "kind": "dealer" });
    admin.post("/api/org-units", &suzhou).await.ok();
    admin.post("/api/org-units", &suzhou).await.refused(409, "org_unit_exists");
    let orphan = json!({ "path": "/xibei/xian/", "name": "西安", "kind": "dealer" });
    admin.post("/api/org-units", &orphan).await.refused(400, "invalid_request");
    let renamed = json!({ "path": "/huadong/suzhou/", "name": "苏州园区", "kind": "store" });
    admin.put("/api/org-units", &renamed).await.ok();
    let tree = admin.get("/api/org-units").await.ok();
    let paths: Vec<_> = tree.as_array().expect("a list").iter().map(|unit| unit["path"].clone()).collect();
    assert_eq!(paths, ["/", "/huadong/", "/huadong/shanghai/", "/huadong/suzhou/", "/huanan/"]);
    assert_eq!(tree[3]["name"], "苏州园区");

    admin.delete("/api/org-units?path=/huadong/").await.refused(409, "org_unit_in_use");
    admin.delete("/api/org-units?path=/huadong/suzhou/").await.ok();
    admin.delete("/api/org-units?path=/huadong/suzhou/").await.refused(404, "org_unit_not_found");
    admin.delete("/api/org-units?path=/").await.refused(409, "org_unit_in_use");
    admin.put("/api/org-units", &orphan).await.refused(404, "org_unit_not_found");
}

#[tokio::test]
async fn everybody_sees_the_tree_and_administrators_change_it() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    assert_eq!(rep.get("/api/org-units").await.ok().as_array().map(Vec::len), Some(4));
    let unit = json!({ "path": "/huabei/", "name": "华北", "kind": "region" });
    rep.post("/api/org-units", &unit).await.refused(403, "forbidden");
    rep.put("/api/org-units", &unit).await.refused(403, "forbidden");
    rep.delete("/api/org-units?path=/huanan/").await.refused(403, "forbidden");
    world
        .sign_in("admin.demo")
        .await
        .post("/api/org-units", &json!({ "path": "/A/", "name": "", "kind": "region" }))
        .await
        .refused(400, "invalid_request");
}
