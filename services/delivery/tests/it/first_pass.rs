use kernel::Role;
use serde_json::json;

use crate::stage::{Stage, no, yes};

#[tokio::test]
async fn the_rate_counts_what_was_accepted_without_a_rejection() {
    let stage = Stage::set().await;
    assert_eq!(stage.manager.get("/api/deliveries/first-pass").await.ok(), json!({ "delivered": 0, "first_pass": 0 }));
    let (good, bad, _open) = (stage.card().await, stage.card().await, stage.card().await);
    stage.answer(&stage.link(good).await, &yes()).await.ok();
    stage.answer(&stage.link(bad).await, &no()).await.ok();
    stage.answer(&stage.link(bad).await, &yes()).await.ok();
    let rate = json!({ "delivered": 2, "first_pass": 1, "rate": 0.5 });
    assert_eq!(stage.manager.get("/api/deliveries/first-pass").await.ok(), rate);
    assert_eq!(stage.rep.get("/api/deliveries/first-pass").await.ok(), rate);
    let later = stage.manager.get("/api/deliveries/first-pass?from=2027-02-01T00:00:00Z").await.ok();
    assert_eq!(later["delivered"], 0);
    let colleague = stage.app.person(Role::SalesRep, "/huadong/shanghai/");
    assert_eq!(colleague.get("/api/deliveries/first-pass").await.ok()["delivered"], 0);
}
