//! How the voice note of a visit becomes its summary.

use chrono::{DateTime, Utc};
use kernel::{Text, choices};
use uuid::Uuid;

/// The longest summary, in characters; of a longer voice note the beginning is offered.
pub const LONGEST_SUMMARY: usize = 5_000;

choices! {
    /// How far a voice note has become the summary of its visit.
    Draft {
        /// The recording has not been written down yet.
        Awaited = "awaited",
        /// Its words wait to be confirmed or edited.
        Offered = "offered",
        /// They wait as well, but some of them were heard badly.
        Doubtful = "doubtful",
        /// It cannot be written down: the summary has to be typed.
        Failed = "failed",
        /// The summary is the rep's own.
        Confirmed = "confirmed",
    }
}

/// What was said of a recording, by which version of its transcript.
#[derive(Clone, Debug)]
pub struct VoiceNote {
    pub recording: String,
    /// Whose recording it is.
    pub owner: Uuid,
    pub draft: Draft,
    pub version: i64,
    pub at: DateTime<Utc>,
}

impl Draft {
    /// What a transcript makes of it.
    pub fn heard(sentences: u32, doubtful: u32, truncated: bool) -> Self {
        match (sentences, doubtful, truncated) {
            (0, ..) => Self::Failed,
            (_, 0, false) => Self::Offered,
            _ => Self::Doubtful,
        }
    }

    /// There are words to be shown.
    pub fn has_words(self) -> bool {
        matches!(self, Self::Offered | Self::Doubtful)
    }

    /// What the rep should know of it.
    pub fn notice(self) -> Option<Text> {
        match self {
            Self::Awaited => Some(Text::new("录音正在转写，请稍后查看", "the recording is being written down")),
            Self::Offered => {
                Some(Text::new("由录音转写，请确认或修改", "written down from the recording; confirm or edit it"))
            }
            Self::Doubtful => Some(Text::new(
                "部分内容听不清，请对照录音核对后再确认",
                "some of it was heard badly; compare it with the recording before you confirm it",
            )),
            Self::Failed => Some(Text::new(
                "录音未能转写，请手工填写小结",
                "the recording could not be written down; type the summary",
            )),
            Self::Confirmed => None,
        }
    }
}

/// The sentences as one text that fits a summary, and whether some had to be left out.
pub fn summary_of<'a>(sentences: impl IntoIterator<Item = &'a str>) -> (String, bool) {
    let (mut summary, mut length) = (String::new(), 0);
    for sentence in sentences {
        length += sentence.chars().count();
        if length > LONGEST_SUMMARY {
            return (summary, true);
        }
        summary.push_str(sentence);
    }
    (summary, false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_badly_heard_sentence_or_a_missing_end_makes_it_doubtful() {
        assert_eq!(Draft::heard(12, 0, false), Draft::Offered);
        assert_eq!(Draft::heard(12, 1, false), Draft::Doubtful);
        assert_eq!(Draft::heard(12, 0, true), Draft::Doubtful);
        assert_eq!(Draft::heard(0, 0, false), Draft::Failed);
    }

    proptest! {
        #[test]
        fn a_summary_is_a_beginning_that_fits(sentences in proptest::collection::vec("[一-龥]{1,900}。", 0..12)) {
            let (summary, cut) = summary_of(sentences.iter().map(String::as_str));
            let whole = sentences.concat();
            prop_assert!(summary.chars().count() <= LONGEST_SUMMARY);
            prop_assert!(whole.starts_with(&summary));
            prop_assert_eq!(cut, summary != whole);
        }
    }
}
