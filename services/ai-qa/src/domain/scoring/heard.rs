//! What a recording was heard to say.

use serde::{Deserialize, Serialize};

kernel::choices! {
    /// Who speaks.
    Speaker {
        Rep = "rep",
        Customer = "customer",
        /// One channel for both, and nothing tells them apart.
        Unknown = "unknown",
    }
}

/// One sentence of a transcript, or of a typed answer (then with confidence 1 and no times).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Heard {
    /// Its place in the transcript, from 0.
    pub index: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    pub speaker: Speaker,
    pub text: String,
    /// The recogniser's, 0 to 1.
    pub confidence: f32,
    /// The recogniser would not rely on it.
    pub doubtful: bool,
}

impl Heard {
    /// The sentences of a typed answer, all of them the rep's.
    pub fn typed(text: &str) -> Vec<Self> {
        sentences(text)
            .enumerate()
            .map(|(index, text)| Self {
                index: u32::try_from(index).unwrap_or(u32::MAX),
                start_ms: 0,
                end_ms: 0,
                speaker: Speaker::Rep,
                text: text.to_owned(),
                confidence: 1.0,
                doubtful: false,
            })
            .collect()
    }
}

/// Splits at the marks that end a sentence, which stay with it.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['。', '！', '？', '；', '!', '?', ';', '\n']).map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_answer_is_split_at_its_marks() {
        let heard = Heard::typed("您说得对。质保三年！\n要不要先试用？好");
        let texts: Vec<_> = heard.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(texts, ["您说得对。", "质保三年！", "要不要先试用？", "好"]);
        assert_eq!(heard.last().map(|one| one.index), Some(3));
        assert!(Heard::typed(" \n ").is_empty());
    }
}
