//! Talk tracks and comparison sheets as clients see them.

use contracts::ai_qa::v1::{ComparisonRow, ComparisonSheet, KeyPoint, SuggestResponse, TalkTrackSuggestion};
use kernel::Text;
use serde::{Deserialize, Serialize};

use crate::domain::fields::some;

/// As many talk tracks as anybody reads in front of a customer.
const MOST_TRACKS: usize = 3;

/// What helps with what was entered.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Suggestions {
    /// False while there is no answer from ai-qa; `GET /api/opportunities/{id}/suggestions` asks again.
    pub available: bool,
    /// What to know when there is nothing to show.
    pub notice: Option<Text>,
    /// The best matches first.
    pub talk_tracks: Vec<SuggestedTrack>,
    pub comparison_sheets: Vec<SuggestedSheet>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestedTrack {
    pub talk_track_id: String,
    pub version: i64,
    pub title: String,
    pub text: String,
    pub key_points: Vec<SuggestedPoint>,
    /// What came of it elsewhere.
    pub success_case: Option<String>,
    /// `strong` or `fair`.
    #[serde(rename = "match")]
    pub fit: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestedPoint {
    pub text: String,
    /// `must_say`, `nice_to_say` or `must_not_say`.
    pub duty: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestedSheet {
    pub comparison_sheet_id: String,
    pub version: i64,
    pub competitor: String,
    pub rows: Vec<SuggestedRow>,
    pub success_case: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestedRow {
    pub aspect: String,
    pub ours: String,
    pub theirs: String,
}

impl Suggestions {
    pub fn of(answers: Vec<SuggestResponse>) -> Self {
        let (mut talk_tracks, mut comparison_sheets) = (Vec::<SuggestedTrack>::new(), Vec::new());
        for answer in answers {
            comparison_sheets.extend(answer.comparison_sheet.map(SuggestedSheet::from));
            for track in answer.talk_tracks.into_iter().map(SuggestedTrack::from) {
                let is_known = talk_tracks.iter().any(|known| known.talk_track_id == track.talk_track_id);
                if !is_known && talk_tracks.len() < MOST_TRACKS {
                    talk_tracks.push(track);
                }
            }
        }
        if talk_tracks.is_empty() && comparison_sheets.is_empty() {
            return Self::none();
        }
        Self { available: true, notice: None, talk_tracks, comparison_sheets }
    }

    /// There is nothing that fits.
    pub fn none() -> Self {
        let notice = Text::new("话术库中暂无匹配内容", "The library has nothing that fits");
        Self { available: true, notice: Some(notice), talk_tracks: Vec::new(), comparison_sheets: Vec::new() }
    }

    /// There was no answer.
    pub fn missing() -> Self {
        let notice =
            Text::new("内容已保存，话术建议暂不可用", "What you entered is kept; suggestions are not available now");
        Self { available: false, notice: Some(notice), talk_tracks: Vec::new(), comparison_sheets: Vec::new() }
    }
}

impl From<TalkTrackSuggestion> for SuggestedTrack {
    fn from(track: TalkTrackSuggestion) -> Self {
        Self {
            talk_track_id: track.talk_track_id,
            version: track.version,
            title: track.title,
            text: track.text,
            key_points: track.key_points.into_iter().map(SuggestedPoint::from).collect(),
            success_case: some(track.success_case),
            fit: track.r#match,
        }
    }
}

impl From<KeyPoint> for SuggestedPoint {
    fn from(point: KeyPoint) -> Self {
        Self { text: point.text, duty: point.duty }
    }
}

impl From<ComparisonSheet> for SuggestedSheet {
    fn from(sheet: ComparisonSheet) -> Self {
        Self {
            comparison_sheet_id: sheet.comparison_sheet_id,
            version: sheet.version,
            competitor: sheet.competitor,
            rows: sheet.rows.into_iter().map(SuggestedRow::from).collect(),
            success_case: some(sheet.success_case),
        }
    }
}

impl From<ComparisonRow> for SuggestedRow {
    fn from(row: ComparisonRow) -> Self {
        Self { aspect: row.aspect, ours: row.ours, theirs: row.theirs }
    }
}
