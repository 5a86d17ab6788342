use kernel::Role;
use serde_json::json;
use testkit::TestApp;

use crate::notes::definition;

#[tokio::test]
async fn stopping_publishes_what_was_written_and_gives_up_the_lease() {
    let mut app = TestApp::start(definition()).await;
    let rep = app.person(Role::SalesRep, "/");
    let writes = (0..40).map(|n| {
        let rep = rep.clone();
        async move { rep.post("/api/notes", &json!({ "text": format!("note {n}") })).await.ok() }
    });
    futures::future::join_all(writes).await;
    app.stop().await;
    let unpublished = "select count(*) from lead_routing.outbox";
    let unpublished: i64 = sqlx::query_scalar(unpublished).fetch_one(&mut app.admin().await).await.expect("read");
    let leases: i64 = sqlx::query_scalar("select count(*) from lead_routing.relay_lease")
        .fetch_one(&mut app.admin().await)
        .await
        .expect("read");
    assert_eq!((unpublished, leases), (0, 0));
    assert!(app.visitor().get(format!("{}/healthz", app.base_url)).send().await.is_err(), "nothing listens any more");
}
