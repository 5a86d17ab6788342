//! Promises for one opportunity that are made at the same time.

use chrono::Duration;
use contracts::quote_contract::v1::QuoteExpired;
use serde_json::json;
use sqlx::{Connection, PgConnection};
use testkit::{Answer, Client};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::world::{World, content};

/// Keeps everybody from changing a quote until [`release`]d: whoever wants it queues up.
async fn hold(world: &World, quote: Uuid) -> PgConnection {
    let mut db = world.app.admin().await;
    sqlx::query("begin").execute(&mut db).await.expect("begun");
    let sql = "select from quote_contract.quotes where id = $1 for update";
    sqlx::query(sql).bind(quote).execute(&mut db).await.expect("locked");
    db
}

async fn release(holder: PgConnection) {
    holder.close().await.expect("closed");
}

/// Returns when this many transactions wait for a lock.
async fn queued(world: &World, count: i64) {
    let sql = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let ask = || async {
        let waiting: i64 = sqlx::query_scalar(sql).fetch_one(&mut world.app.admin().await).await.expect("counted");
        (waiting == count).then_some(())
    };
    world.app.eventually("all wait for the lock", ask).await;
}

fn send(client: &Client, path: String, body: serde_json::Value) -> JoinHandle<Answer> {
    let client = client.clone();
    tokio::spawn(async move { client.post(&path, &body).await })
}

async fn status(world: &World, quote: Uuid) -> serde_json::Value {
    world.rep.get(&format!("/api/quotes/{quote}")).await.ok()["status"].clone()
}

async fn live(world: &World) -> i64 {
    let sql = "select count(*) from quote_contract.quote_revisions where status in ('approved', 'sent')";
    sqlx::query_scalar(sql).fetch_one(&mut world.app.admin().await).await.expect("counted")
}

#[tokio::test]
async fn two_approvals_at_once_are_both_carried_out() {
    let world = World::start().await;
    world.product().await;
    let first = world.approved().await;
    world.rep.put(&format!("/api/quotes/{first}"), &content("8")).await.ok();
    let submitted = world.rep.post(&format!("/api/quotes/{first}/submit"), &json!({})).await.ok();
    let first_approval = submitted["current"]["approval_id"].as_str().expect("an approval").to_owned();
    let (second, second_approval) = world.waiting().await;

    let holder = hold(&world, first).await;
    let approve =
        |id: &str| send(&world.manager, format!("/api/approvals/{id}/decide"), json!({ "decision": "approve" }));
    let one = approve(&first_approval);
    queued(&world, 1).await;
    let other = approve(&second_approval.to_string());
    queued(&world, 2).await;
    release(holder).await;
    one.await.expect("no panic").ok();
    other.await.expect("no panic").ok();
    assert_eq!((status(&world, first).await, status(&world, second).await), (json!("superseded"), json!("approved")));
    assert_eq!(live(&world).await, 1);
}

#[tokio::test]
async fn a_promise_is_replaced_at_the_moment_it_expires() {
    let world = World::start().await;
    world.product().await;
    let first = world.approved().await;
    let second = world.draft("3").await;

    let holder = hold(&world, first).await;
    let submitted = send(&world.rep, format!("/api/quotes/{second}/submit"), json!({}));
    queued(&world, 1).await;
    world.app.clock.advance(Duration::days(31)).expect("movable");
    // The reminder and the end of the first promise.
    queued(&world, 3).await;
    release(holder).await;
    submitted.await.expect("no panic").ok();
    assert_eq!(status(&world, first).await, "superseded");
    // The second was made before the clock moved, so it has expired too; the first never did.
    let expired: QuoteExpired = world.app.event().await;
    assert_eq!(expired.quote_id, second.to_string());
    assert_eq!(world.app.count_events::<QuoteExpired>().await, 1);
}
