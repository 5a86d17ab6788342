use contracts::quote_contract::v1::{QuoteDrafted, QuoteSuperseded};
use reqwest::Method;
use serde_json::json;
use testkit::Answer;

use crate::world::{World, content};

#[tokio::test]
async fn a_draft_is_changed_in_place() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    let quote = world.rep.put(&format!("/api/quotes/{id}"), &content("5")).await.ok();
    assert_eq!((&quote["revision"], &quote["version"]), (&json!(1), &json!(2)));
    assert_eq!(quote["total"]["amount"], "21470.00");
    let drafts = world.app.events::<QuoteDrafted>(2).await;
    assert_eq!(drafts.iter().map(|draft| draft.revision).collect::<Vec<_>>(), [1, 1]);
}

#[tokio::test]
async fn an_approved_promise_stands_until_the_new_revision_is_approved() {
    let world = World::start().await;
    world.product().await;
    let id = world.approved().await;
    let path = format!("/api/quotes/{id}");
    let revised = world.rep.put(&path, &content("4")).await.ok();
    assert_eq!((&revised["revision"], &revised["status"]), (&json!(2), &json!("draft")));
    let revisions = world.rep.get(&format!("{path}/revisions")).await.ok();
    assert_eq!((&revisions[0]["status"], &revisions[1]["status"]), (&json!("draft"), &json!("approved")));
    world.rep.post(&format!("{path}/submit"), &json!({})).await.ok();
    let revisions = world.rep.get(&format!("{path}/revisions")).await.ok();
    assert_eq!((&revisions[0]["status"], &revisions[1]["status"]), (&json!("approved"), &json!("superseded")));
    let event: QuoteSuperseded = world.app.event().await;
    assert_eq!((event.revision, event.by_quote_id), (1, id.to_string()));
}

#[tokio::test]
async fn another_quote_for_the_same_opportunity_takes_the_promise_over() {
    let world = World::start().await;
    world.product().await;
    let first = world.approved().await;
    let second = world.approved().await;
    assert_eq!(world.rep.get(&format!("/api/quotes/{first}")).await.ok()["status"], "superseded");
    let event: QuoteSuperseded = world.app.event().await;
    assert_eq!((event.quote_id, event.by_quote_id), (first.to_string(), second.to_string()));
    let sql = "update quote_contract.quote_revisions set status = 'approved' where quote_id = $1";
    let twice = sqlx::query(sql).bind(first).execute(&mut world.app.admin().await).await.expect_err("refused");
    assert!(twice.to_string().contains("quote_revisions_live"), "{twice}");
}

#[tokio::test]
async fn what_waits_for_a_decision_cannot_be_changed_behind_its_back() {
    let world = World::start().await;
    world.product().await;
    let (id, _) = world.waiting().await;
    world.rep.put(&format!("/api/quotes/{id}"), &content("1")).await.refused(409, "quote_awaits_decision");
    let sql = "update quote_contract.quote_revisions set document = '{}' where quote_id = $1";
    let changed = sqlx::query(sql).bind(id).execute(&mut world.app.admin().await).await.expect_err("refused");
    assert!(changed.to_string().contains("cannot be changed"), "{changed}");
}

#[tokio::test]
async fn nobody_overwrites_a_change_they_have_not_seen() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("0").await;
    let path = format!("/api/quotes/{id}");
    let seen = world.rep.get(&path).await.headers["etag"].to_str().expect("text").to_owned();
    world.rep.put(&path, &content("1")).await.ok();
    let late = world.rep.request(Method::PUT, &path).header("if-match", seen).json(&content("2"));
    Answer::of(late).await.refused(412, "changed_meanwhile");
}
