//! Reading values back that were written under a fixed name.

use std::str::FromStr;

use kernel::Money;

use crate::error::CrmError;

/// A stored name as the choice it stands for.
pub fn choice<T: FromStr>(what: &'static str, text: &str) -> Result<T, CrmError> {
    text.parse().map_err(|_| CrmError::Corrupt(what, text.to_owned()))
}

/// Several stored names.
pub fn choices<T: FromStr>(what: &'static str, texts: &[String]) -> Result<Vec<T>, CrmError> {
    texts.iter().map(|text| choice(what, text)).collect()
}

/// Minor units and a currency code as money.
pub fn money(minor: i64, currency: &str) -> Result<Money, CrmError> {
    Ok(Money::new(minor, choice("currency", currency)?))
}

/// A JSON column.
pub fn json<T: serde::de::DeserializeOwned>(what: &'static str, value: serde_json::Value) -> Result<T, CrmError> {
    serde_json::from_value(value).map_err(|error| CrmError::Corrupt(what, error.to_string()))
}

/// A value as a JSON column.
pub fn to_json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<serde_json::Value, CrmError> {
    serde_json::to_value(value).map_err(|error| CrmError::Corrupt(what, error.to_string()))
}
