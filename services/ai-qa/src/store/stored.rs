//! Reads what was stored under fixed names.

use crate::error::AiQaError;

pub fn read<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, AiQaError> {
    text.parse().map_err(|_| AiQaError::Corrupt(what, text.to_owned()))
}

pub fn read_some<T: std::str::FromStr>(what: &'static str, text: Option<&str>) -> Result<Option<T>, AiQaError> {
    text.map(|text| read(what, text)).transpose()
}

/// Reads what was stored as JSON.
pub fn read_json<T: serde::de::DeserializeOwned>(what: &'static str, json: serde_json::Value) -> Result<T, AiQaError> {
    serde_json::from_value(json).map_err(|error| AiQaError::Corrupt(what, error.to_string()))
}
