//! What a record holds is found by the condition that asks for it, and by no other.

use custom_fields::{Resource, condition, first_values};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::support::{OURS, database, define_all, transaction, values};

/// Whether a record with these values is in the list that `wanted` narrows.
async fn is_found(db: &mut PgConnection, held: &Value, wanted: &str) -> bool {
    let stored = first_values(db, Resource::Customer, values(held.clone())).await.expect("valid");
    let condition = condition(db, Resource::Customer, Some(wanted)).await.expect("a condition").expect("one");
    let found = sqlx::query_scalar("select coalesce($1::jsonb @@ $2::text::jsonpath, false)");
    let stored = serde_json::to_value(stored).expect("json");
    found.bind(stored).bind(condition).fetch_one(db).await.expect("a predicate")
}

#[tokio::test]
async fn values_of_every_type_are_found() {
    let database = database().await;
    let mut tx = transaction(&database, OURS).await;
    define_all(&mut tx).await;
    let held =
        json!({"text": "靠近 G60 高速", "number": 320.50, "date": "2026-03-31", "yes_no": false, "choice": "加盟"});
    for wanted in
        ["text:g60", "text:高速", "number:320.5", "number:320.50", "date:2026-03-31", "yes_no:false", "choice:加盟"]
    {
        assert!(is_found(&mut tx, &held, wanted).await, "{wanted}");
    }
    for wanted in ["text:G61", "text:G.0", "number:320", "date:2026-04-01", "yes_no:true", "choice:加", "choice:直营"]
    {
        assert!(!is_found(&mut tx, &held, wanted).await, "{wanted}");
    }
    assert!(!is_found(&mut tx, &json!({}), "text:g60").await, "a record without the value");
}

/// Quotes, backslashes, dollar signs and everything else that means something in a path or an expression.
#[tokio::test]
async fn a_text_is_found_by_every_part_of_it() {
    let database = database().await;
    let mut tx = transaction(&database, OURS).await;
    define_all(&mut tx).await;
    let special = prop::sample::select(r#""\'.*+?()[]{}|^$@:%_/ 价"#.chars().collect::<Vec<_>>());
    let texts = proptest::collection::vec(prop_oneof![any::<char>(), special], 1..30);
    let cases = (texts, any::<Index>(), any::<Index>());
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        let (text, from, length) = cases.new_tree(&mut runner).expect("a case").current();
        let text: String = text.into_iter().filter(|one| *one != '\0').collect();
        let kept: Vec<char> = text.trim().chars().collect();
        if kept.is_empty() {
            continue;
        }
        let from = from.index(kept.len());
        let part: String = kept[from..=from + length.index(kept.len() - from)].iter().collect();
        if part.trim().is_empty() {
            continue;
        }
        assert!(is_found(&mut tx, &json!({ "text": text }), &format!("text:{part}")).await, "{text:?} by {part:?}");
    }
}
