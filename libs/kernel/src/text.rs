//! A sentence for people, in the two languages the product speaks.

use serde::{Deserialize, Serialize};

/// The same sentence in Chinese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

impl Text {
    /// The same in Chinese and in English.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// One sentence after the other.
    pub fn joined(sentences: &[Self]) -> Self {
        let join = |pick: fn(&Self) -> &str, between| sentences.iter().map(pick).collect::<Vec<_>>().join(between);
        Self::new(join(|one| &one.zh, "；"), join(|one| &one.en, "; "))
    }

    /// The sentence in the language of an `Accept-Language` header: English when it asks for
    /// English first, Chinese otherwise.
    pub fn for_language(&self, accept_language: &str) -> &str {
        if accept_language.trim_start().to_ascii_lowercase().starts_with("en") { &self.en } else { &self.zh }
    }
}
