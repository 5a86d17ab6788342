//! SQL of the service's tables; every function works inside the caller's transaction.

pub mod ageing;
pub mod blockers;
pub mod candidates;
pub mod entries;
pub mod instalments;
pub mod nodes;
pub mod payments;
pub mod receivables;
pub mod statements;
pub mod write_offs;

use kernel::{Currency, Money};

use crate::error::CollectionsError;

/// A stored amount with its stored currency.
fn money(minor: i64, currency: &str) -> Result<Money, CollectionsError> {
    let currency: Currency = currency.parse().map_err(|error| CollectionsError::stored("currency", error))?;
    Ok(Money::new(minor, currency))
}

/// A JSON column as its type.
fn json<T: serde::de::DeserializeOwned>(what: &'static str, value: serde_json::Value) -> Result<T, CollectionsError> {
    serde_json::from_value(value).map_err(|error| CollectionsError::stored(what, error))
}

/// A value for a JSON column.
fn to_json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<serde_json::Value, CollectionsError> {
    serde_json::to_value(value).map_err(|error| CollectionsError::stored(what, error))
}
