//! Views as messages.

use contracts::ai_qa::v1 as message;

use crate::domain::comparison_sheet::ComparisonSheet;
use crate::domain::scoring::{KeyPoint, Score};
use crate::domain::talk_track::Track;
use crate::domain::transcript::Sentence;
use crate::ops::views::SuggestedTrack;

pub fn sentence(one: Sentence) -> message::Sentence {
    message::Sentence {
        number: u32::try_from(one.number).unwrap_or(0),
        start_ms: u64::try_from(one.start_ms).unwrap_or(0),
        end_ms: u64::try_from(one.end_ms).unwrap_or(0),
        speaker: one.speaker.to_string(),
        text: one.text,
        confidence: one.confidence,
        doubtful: one.doubtful,
    }
}

pub fn suggested(one: SuggestedTrack) -> message::TalkTrackSuggestion {
    let Track { id, title, words, words_version, .. } = one.track;
    let point = |point: KeyPoint| message::KeyPoint { text: point.text, duty: point.duty.to_string() };
    message::TalkTrackSuggestion {
        talk_track_id: id.to_string(),
        version: i64::from(words_version),
        title,
        text: words.text,
        key_points: words.points.into_iter().map(point).collect(),
        success_case: words.success_case.unwrap_or_default(),
        r#match: if one.strong { "strong" } else { "fair" }.to_owned(),
    }
}

pub fn sheet(one: ComparisonSheet) -> message::ComparisonSheet {
    let rows = one.sheet.rows.into_iter();
    message::ComparisonSheet {
        comparison_sheet_id: one.id.to_string(),
        version: one.version,
        competitor: one.sheet.competitor,
        rows: rows
            .map(|row| message::ComparisonRow { aspect: row.aspect, ours: row.ours, theirs: row.theirs })
            .collect(),
        success_case: one.sheet.success_case.unwrap_or_default(),
    }
}

/// Every key point of the track, covered or not; what must not be said is covered when it was said.
pub fn points(score: &Score, track: &Track) -> Vec<message::PointResult> {
    let result = |point: &KeyPoint| {
        let covered = score.covered.iter().find(|one| one.point == point.id);
        let forbidden = score.forbidden.iter().find(|one| one.point == point.id);
        let (sentences, start_ms, end_ms) = match (covered, forbidden) {
            (Some(one), _) => (one.sentences.clone(), one.start_ms, one.end_ms),
            (None, Some(one)) => (vec![one.sentence], one.start_ms, one.end_ms),
            (None, None) => (Vec::new(), 0, 0),
        };
        message::PointResult {
            point_id: point.id.clone(),
            text: point.text.clone(),
            duty: point.duty.to_string(),
            covered: covered.is_some() || forbidden.is_some(),
            sentences,
            start_ms: u64::from(start_ms),
            end_ms: u64::from(end_ms),
        }
    };
    track.words.points.iter().map(result).collect()
}
