use serde_json::json;

use crate::scene::Scene;

#[tokio::test]
async fn the_report_proves_that_everybody_got_their_share() {
    let scene = Scene::empty().await;
    let (a, b) = (scene.rep_with(json!({"open_limit": 99})).await, scene.rep_with(json!({"open_limit": 99})).await);
    let candidates = json!([{"person_id": a.id(), "weight": 2}, {"person_id": b.id(), "weight": 1}]);
    scene.rule(1, json!({}), json!({"candidates": candidates})).await;
    for n in 0..12 {
        scene.lead(n).await;
    }
    let report = scene.operations.get("/api/reps/distribution").await.ok();
    assert_eq!(report["assigned_by_rule"], 12);
    let of = |id: uuid::Uuid| {
        report["reps"]
            .as_array()
            .expect("reps")
            .iter()
            .find(|rep| rep["person_id"] == json!(id))
            .expect("a row")
            .clone()
    };
    assert_eq!((&of(a.id())["by_rule"], &of(b.id())["by_rule"]), (&json!(8), &json!(4)));
    assert!((of(a.id())["fair_share"].as_f64().expect("a number") - 8.0).abs() < 1e-6);
    assert!(report["largest_deviation"].as_f64().expect("a number") < 1.0);
    let own = a.get("/api/reps/distribution").await.ok();
    assert_eq!(own["reps"].as_array().map(Vec::len), Some(1), "a rep sees their own row");
}
