use contracts::crm::v1::RepurchaseDue;
use kernel::Role;
use serde_json::json;
use testkit::TestApp;
use uuid::Uuid;

use crate::notes::definition;

async fn notes(app: &TestApp) -> i64 {
    let count = sqlx::query_scalar("select count(*) from lead_routing.notes");
    count.fetch_one(&mut app.admin().await).await.expect("counted")
}

fn due(reason: &str) -> RepurchaseDue {
    RepurchaseDue { reason: reason.into(), ..Default::default() }
}

#[tokio::test]
async fn an_event_delivered_again_is_carried_out_once() {
    let app = TestApp::start(definition()).await;
    let customer = Uuid::from_u128(3);
    let id = app.publish(&due("healthy"), customer, 1).await;
    app.publish_again(&due("healthy"), id, customer, 1).await;
    app.publish(&due("another"), customer, 2).await;
    app.eventually("both events are handled", async || (notes(&app).await == 2).then_some(())).await;
    app.publish_again(&due("healthy"), id, customer, 1).await;
    app.publish(&due("last"), customer, 3).await;
    app.eventually("the last event is handled", async || (notes(&app).await == 3).then_some(())).await;
}

#[tokio::test]
async fn what_follows_from_an_event_names_it_as_its_cause() {
    let app = TestApp::start(definition()).await;
    let id = app.publish(&due("healthy"), Uuid::from_u128(3), 1).await;
    let sql = "select record from lead_routing.journal";
    let record: String = app
        .eventually("the reaction is recorded", async || {
            sqlx::query_scalar(sql).fetch_optional(&mut app.admin().await).await.expect("read")
        })
        .await;
    assert!(record.contains(&format!("\"causation\":\"{id}\"")), "{record}");
    assert!(record.contains(&format!("\"correlation\":\"{id}\"")), "{record}");
}

#[tokio::test]
async fn a_dead_letter_is_seen_and_replayed_by_those_who_may() {
    let app = TestApp::start(definition()).await;
    let sql = "alter table lead_routing.notes add constraint no_poison check (text <> 'poison')";
    sqlx::query(sql).execute(&mut app.admin().await).await.expect("altered");
    app.publish(&due("poison"), Uuid::from_u128(3), 1).await;
    let administrator = app.person(Role::Administrator, "/");
    let letter = app
        .eventually("the event is parked", async || {
            administrator
                .get("/api/dead-letters/lead-routing")
                .await
                .ok()
                .as_array()
                .and_then(|all| all.first().cloned())
        })
        .await;
    assert_eq!(letter["consumer"], "lead-routing-note_repurchase");
    let path = format!("/api/dead-letters/lead-routing/{}/replay", letter["id"].as_str().expect("an id"));
    app.person(Role::SalesRep, "/").post(&path, &json!({})).await.refused(403, "forbidden");
    administrator.post(&path, &json!({})).await.refused(500, "internal");
    let sql = "alter table lead_routing.notes drop constraint no_poison";
    sqlx::query(sql).execute(&mut app.admin().await).await.expect("altered");
    administrator.post(&path, &json!({})).await.ok();
    assert_eq!(notes(&app).await, 1);
}
