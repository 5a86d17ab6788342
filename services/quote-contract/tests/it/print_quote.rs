use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use crate::world::{World, pump};

#[tokio::test]
async fn a_quote_of_sixty_lines_is_printed_within_three_seconds_and_always_the_same() {
    let world = World::start().await;
    world.product().await;
    world.product_manager.post("/api/products", &pump("XT-450-PRO", "1234.56")).await.ok();
    let line = |at: usize| {
        let code = if at.is_multiple_of(2) { "XT-200" } else { "XT-450-PRO" };
        json!({ "product_code": code, "quantity": (at + 1).to_string(), "discount_percent": (at % 5).to_string() })
    };
    let mut quote = world.quote("0");
    quote["lines"] = (0..60).map(line).collect();
    let id = world.rep.post("/api/quotes", &quote).await.id();
    world.rep.post(&format!("/api/quotes/{id}/submit"), &json!({})).await.ok();
    let mut papers = Vec::new();
    for _ in 0..2 {
        let started = Instant::now();
        let answer = world.rep.request(Method::GET, &format!("/api/quotes/{id}/pdf")).send().await.expect("an answer");
        papers.push(answer.bytes().await.expect("a body"));
        assert!(started.elapsed() < Duration::from_secs(3), "took {:?}", started.elapsed());
    }
    assert!(papers[0] == papers[1], "two prints differ");
    assert!(papers[0].starts_with(b"%PDF-"));
    // Left there to be looked at.
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/quote-60-lines.pdf"), &papers[0]).expect("written");
}

#[tokio::test]
async fn a_draft_is_printed_too_and_a_stranger_gets_nothing() {
    let world = World::start().await;
    world.product().await;
    let id = world.draft("3").await;
    let answer = world.rep.request(Method::GET, &format!("/api/quotes/{id}/pdf")).send().await.expect("an answer");
    let draft = answer.bytes().await.expect("a body");
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/quote-draft.pdf"), &draft).expect("written");
    let stranger = world.app.person(kernel::Role::SalesRep, "/huadong/shanghai/");
    stranger.get(&format!("/api/quotes/{id}/pdf")).await.refused(404, "quote_not_found");
    world.rep.get(&format!("/api/quotes/{id}/pdf?revision=9")).await.refused(404, "quote_not_found");
}
