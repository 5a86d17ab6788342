//! What can go wrong after loading.

use speech::ModelError;

/// A text that cannot be encoded.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The tokenizer refuses a text: its vocabulary lacks a piece and has no token for unknown ones.
    #[error("text {index} cannot be cut into tokens: {reason}")]
    Tokens {
        /// Which of the texts.
        index: usize,
        /// What the tokenizer says.
        reason: String,
    },
}

/// A complaint about one of the JSON files.
pub(crate) fn config(file: &str, reason: impl ToString) -> ModelError {
    ModelError::Config { file: file.into(), reason: reason.to_string() }
}
