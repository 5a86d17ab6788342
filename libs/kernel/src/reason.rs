//! Why something was done.

use serde::{Deserialize, Serialize};

use crate::Text;

/// In a person's own words, or in the system's, which it has in both languages.
///
/// In JSON a person's words are a string, and the system's sentence is an object with `zh` and `en`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Reason {
    Words(String),
    Sentence(Text),
}

impl Reason {
    /// What was said, in Chinese where it is the system's sentence.
    pub fn zh(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Sentence(sentence) => &sentence.zh,
        }
    }
}

impl From<&str> for Reason {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

impl From<String> for Reason {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&String> for Reason {
    fn from(words: &String) -> Self {
        Self::Words(words.clone())
    }
}

impl From<&Reason> for Reason {
    fn from(reason: &Reason) -> Self {
        reason.clone()
    }
}

impl From<Text> for Reason {
    fn from(sentence: Text) -> Self {
        Self::Sentence(sentence)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sentences_are_told_apart_in_json() {
        for (reason, json) in [
            (Reason::from("客户要求"), r#""客户要求""#),
            (
                Reason::from(Text::new("超过审批时限", "not decided in time")),
                r#"{"zh":"超过审批时限","en":"not decided in time"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&reason).expect("json"), json);
            assert_eq!(serde_json::from_str::<Reason>(json).expect("a reason"), reason);
        }
    }
}
