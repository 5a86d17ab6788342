//! The definition of the README, and records to try on it.

use kernel::{Evidence, EvidenceKind, PersonId};
use process::Definition;
use serde_json::{Value, json};
use uuid::Uuid;

pub fn readme_yaml() -> &'static str {
    let readme = include_str!("../../README.md");
    let (_, rest) = readme.split_once("```yaml\n").expect("an example");
    rest.split_once("```").expect("its end").0
}

pub fn opportunity() -> Definition {
    Definition::parse(readme_yaml()).expect("valid")
}

pub fn complete_facts() -> Value {
    json!({ "budget": { "amount": "128000.00" }, "discount_percent": 5, "visits": ["first", "second"] })
}

pub fn technical_confirmation(kind: EvidenceKind) -> Evidence {
    Evidence { kind, name: "technical_confirmation".into(), reference: "objects/7".into(), sha256: None }
}

pub fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}
