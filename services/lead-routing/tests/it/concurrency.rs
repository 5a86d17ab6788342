use std::collections::HashMap;

use futures::future::join_all;
use serde_json::{Value, json};

use crate::scene::{Scene, lead};

#[tokio::test(flavor = "multi_thread")]
async fn of_many_leads_of_one_company_at_once_exactly_one_is_the_original() {
    let scene = Scene::open().await;
    let rep = scene.rep().await;
    let posts = (0..32).map(|n| {
        let mut body = lead(n);
        body["company"] = json!("同一家公司有限公司");
        let operations = scene.operations.clone();
        async move { operations.post("/api/leads", &body).await.ok() }
    });
    let leads = join_all(posts).await;
    let originals: Vec<&Value> = leads.iter().filter(|lead| lead["state"] != "duplicate").collect();
    assert_eq!(originals.len(), 1);
    for repeat in leads.iter().filter(|lead| lead["state"] == "duplicate") {
        assert_eq!(repeat["duplicate"]["original_lead_id"], originals[0]["id"]);
    }
    let profile = rep.get(&format!("/api/reps/{}", rep.id())).await.ok();
    assert_eq!((&profile["open"], &profile["assigned_today"]), (&json!(1), &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_leads_at_once_spread_evenly_and_never_over_a_limit() {
    let scene = Scene::open().await;
    let mut reps = Vec::new();
    for _ in 0..4 {
        reps.push(scene.rep_with(json!({"open_limit": 5})).await);
    }
    let posts = (0..40).map(|n| {
        let operations = scene.operations.clone();
        async move { operations.post("/api/leads", &lead(n)).await.ok() }
    });
    let leads = join_all(posts).await;
    let mut by_owner: HashMap<String, i64> = HashMap::new();
    for lead in leads.iter().filter(|lead| lead["state"] == "assigned") {
        *by_owner.entry(lead["owner_id"].to_string()).or_default() += 1;
    }
    // Some may be left in the queue because everybody was being given another lead; the job tries them again.
    assert!(by_owner.values().all(|count| *count <= 5), "{by_owner:?}");
    for rep in &reps {
        scene.operations.put(&format!("/api/reps/{}/availability", rep.id()), &json!({"signed_in": true})).await.ok();
    }
    for rep in &reps {
        let profile = rep.get(&format!("/api/reps/{}", rep.id())).await.ok();
        assert_eq!(profile["open"], 5, "{profile}");
    }
    let pool = scene.operations.get("/api/leads?state=unassigned").await.ok();
    assert_eq!(pool["items"].as_array().map(Vec::len), Some(20));
}
