//! What events lead to, those of other services and the service's own.

pub mod draw_objection;
pub mod read_transcript;
pub mod score_answers;

use crate::error::AiQaError;

fn read<T: std::str::FromStr>(field: &'static str, value: &str) -> Result<T, AiQaError> {
    value.parse().map_err(|_| AiQaError::BadEvent { field, value: value.to_owned() })
}
