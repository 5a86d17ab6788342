use contracts::quote_contract::v1::QuoteSent;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::world::World;

async fn pdf(world: &World, quote: Uuid) -> Vec<u8> {
    let answer = world.rep.request(Method::GET, &format!("/api/quotes/{quote}/pdf")).send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    answer.bytes().await.expect("a body").to_vec()
}

async fn verification(world: &World, code: &Value) -> Value {
    let url = format!("{}/api/quote-verifications/{}", world.app.base_url, code.as_str().expect("a code"));
    world.app.visitor().get(url).send().await.expect("an answer").json().await.expect("json")
}

#[tokio::test]
async fn a_price_never_leaves_without_approval() {
    let world = World::start().await;
    world.product().await;
    let draft = world.draft("0").await;
    world.rep.post(&format!("/api/quotes/{draft}/send"), &json!({})).await.refused(422, "quote_not_approved");
    let (waiting, _) = world.waiting().await;
    world.rep.post(&format!("/api/quotes/{waiting}/send"), &json!({})).await.refused(422, "quote_not_approved");
}

#[tokio::test]
async fn what_was_sent_can_be_verified_by_its_hash() {
    let world = World::start().await;
    world.product().await;
    let id = world.approved().await;
    let before = pdf(&world, id).await;
    let quote = world.rep.post(&format!("/api/quotes/{id}/send"), &json!({})).await.ok();
    assert_eq!(quote["status"], "sent");
    let event: QuoteSent = world.app.event().await;
    let file = pdf(&world, id).await;
    assert_eq!(event.pdf_sha256, hex::encode(Sha256::digest(&file)));
    assert!(before == file, "the paper is the same before and after it is sent");
    let public = verification(&world, &quote["current"]["verification_code"]).await;
    assert_eq!((&public["number"], &public["valid"]), (&json!("Q-2027-000001"), &json!(true)));
    assert_eq!((&public["pdf_sha256"], &public["total"]["amount"]), (&json!(event.pdf_sha256), &json!("21922.00")));
    assert!(public.get("company").is_none(), "nothing about the customer is public");
    world.rep.post(&format!("/api/quotes/{id}/send"), &json!({})).await.refused(409, "quote_already_sent");
}

#[tokio::test]
async fn a_superseded_paper_keeps_its_hash_and_says_so() {
    let world = World::start().await;
    world.product().await;
    let first = world.approved().await;
    let sent = world.rep.post(&format!("/api/quotes/{first}/send"), &json!({})).await.ok();
    let file = pdf(&world, first).await;
    world.approved().await;
    let public = verification(&world, &sent["current"]["verification_code"]).await;
    assert_eq!((&public["status"], &public["valid"]), (&json!("superseded"), &json!(false)));
    assert_eq!(public["pdf_sha256"], json!(hex::encode(Sha256::digest(pdf(&world, first).await))));
    assert!(file == pdf(&world, first).await);
}

#[tokio::test]
async fn a_guessed_code_finds_nothing() {
    let world = World::start().await;
    let public = verification(&world, &json!("0000000000")).await;
    assert_eq!(public["code"], "quote_not_found");
}

#[tokio::test]
async fn a_repeated_request_sends_once() {
    let world = World::start().await;
    world.product().await;
    let id = world.approved().await;
    let path = format!("/api/quotes/{id}/send");
    let first = world.rep.post_once("s", &path, &json!({})).await.ok();
    let again = world.rep.post_once("s", &path, &json!({})).await.ok();
    assert_eq!(first, again);
    world.app.event::<QuoteSent>().await;
    assert_eq!(world.app.count_events::<QuoteSent>().await, 1);
}
