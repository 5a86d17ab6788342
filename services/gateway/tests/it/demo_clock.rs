use chrono::Duration;
use serde_json::json;

use crate::support::world;

#[tokio::test]
async fn administrators_move_time_in_demonstrations() {
    let world = world().await;
    let admin = world.sign_in("admin.demo").await;
    let before = world.app.clock.now();
    let moved = admin.post("/api/demo/clock/advance", &json!({ "seconds": 1800 })).await.ok();
    assert_eq!(moved["ahead_seconds"], 1800);
    assert_eq!(world.app.clock.now() - before, Duration::minutes(30));
    assert_eq!(admin.get("/api/demo/clock").await.ok(), moved);
}

#[tokio::test]
async fn nobody_else_does_and_nobody_moves_it_back() {
    let world = world().await;
    let rep = world.sign_in("lin.demo").await;
    rep.post("/api/demo/clock/advance", &json!({ "seconds": 60 })).await.refused(403, "forbidden");
    rep.get("/api/demo/clock").await.ok();
    let admin = world.sign_in("admin.demo").await;
    for seconds in [0, -60, 40_000_000] {
        admin.post("/api/demo/clock/advance", &json!({ "seconds": seconds })).await.refused(400, "invalid_request");
    }
}
