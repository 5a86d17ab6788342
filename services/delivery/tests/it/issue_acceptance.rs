use contracts::delivery::v1::AcceptanceRequested;
use kernel::Role;
use serde_json::json;

use crate::stage::{Stage, answer_at, document, yes};

#[tokio::test]
async fn the_link_shows_what_was_sold_to_whoever_holds_it() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    stage.schedule(&stage.planner, id, 9).await.ok();
    let issued =
        stage.rep.post(&format!("/api/deliveries/{id}/acceptances"), &json!({ "evidence": [document()] })).await;
    assert_eq!(issued.status, 201);
    let issued = issued.ok();
    assert_eq!(
        issued["url"],
        format!("/acceptance/{}", issued["token"].as_str().expect("a token")),
        "a page for people"
    );
    let offer = stage.look(&answer_at(&issued)).await.ok();
    assert_eq!((&offer["company"], &offer["lines"][0]["quantity"]), (&"启明机械".into(), &"2".into()));
    assert_eq!((&offer["evidence"][0], &offer["expires_at"]), (&document(), &issued["expires_at"]));
    let event: AcceptanceRequested = stage.app.event().await;
    assert_eq!(event.expires_at, Some(stage.day(7).into()));
}

#[tokio::test]
async fn the_token_is_nowhere_in_the_database() {
    let stage = Stage::set().await;
    let path = format!("/api/deliveries/{}/acceptances", stage.card().await);
    let issued = stage.rep.post_once("k1", &path, &json!({})).await.ok();
    let token = issued["token"].as_str().expect("a token");
    assert_eq!(token.len(), 43);
    // A repeated request issues nothing new, and does not tell the token again.
    let again = stage.rep.post_once("k1", &path, &json!({})).await.ok();
    assert_eq!((&again["id"], again.get("token"), again.get("url")), (&issued["id"], None, None));
    let found: i64 = sqlx::query_scalar(
        "select (select count(*) from delivery.commands where answer like '%' || $1 || '%')
              + (select count(*) from delivery.journal where record like '%' || $1 || '%')
              + (select count(*) from delivery.acceptances a where a::text like '%' || $1 || '%')",
    )
    .bind(token)
    .fetch_one(&mut stage.app.admin().await)
    .await
    .expect("counted");
    assert_eq!(found, 0);
}

#[tokio::test]
async fn a_new_link_ends_the_one_before() {
    let stage = Stage::set().await;
    let id = stage.card().await;
    let (old, new) = (stage.link(id).await, stage.link(id).await);
    stage.look(&old).await.refused(410, "acceptance_expired");
    stage.answer(&old, &yes()).await.refused(410, "acceptance_expired");
    stage.answer(&new, &yes()).await.ok();
    stage.rep.post(&format!("/api/deliveries/{id}/acceptances"), &json!({})).await.refused(409, "already_delivered");
}

#[tokio::test]
async fn only_the_owner_and_delivery_issue_links() {
    let stage = Stage::set().await;
    let path = format!("/api/deliveries/{}/acceptances", stage.card().await);
    let colleague = stage.app.person(Role::SalesRep, "/huadong/shanghai/");
    for stranger in [&colleague, &stage.planner] {
        stranger.post(&path, &json!({})).await.refused(403, "forbidden");
    }
    let nobody = stage.app.visitor().post(format!("{}{path}", stage.app.base_url)).json(&json!({}));
    assert_eq!(nobody.send().await.expect("an answer").status(), 401);
    stage.manager.post(&path, &json!({})).await.ok();
}
