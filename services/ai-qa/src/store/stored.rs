//! Reads what was stored under fixed names.

use crate::error::AiQaError;

pub fn read<T: std::str::FromStr>(what: &'static str, text: &str) -> Result<T, AiQaError> {
    text.parse().map_err(|_| AiQaError::Corrupt(what, text.to_owned()))
}

pub fn read_some<T: std::str::FromStr>(what: &'static str, text: Option<&str>) -> Result<Option<T>, AiQaError> {
    text.map(|text| read(what, text)).transpose()
}
