//! Talk tracks: versions and suggestions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::comparison_sheet::ComparisonSheet;
use crate::domain::talk_track::{Track, TrackWords};
use crate::store::talk_tracks::TrackVersion;

/// One version of a talk track's words.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TrackVersionView {
    pub version: i32,
    #[serde(flatten)]
    pub words: TrackWords,
    pub written_by: Uuid,
    pub written_at: DateTime<Utc>,
}

impl From<TrackVersion> for TrackVersionView {
    fn from(one: TrackVersion) -> Self {
        Self { version: one.version, words: one.words, written_by: one.written_by, written_at: one.written_at }
    }
}

/// What to say: the best matches first, at most three; nothing when nothing in the library fits.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestionView {
    pub talk_tracks: Vec<SuggestedTrack>,
    /// Only for a competitor that has one.
    pub comparison_sheet: Option<ComparisonSheet>,
}

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SuggestedTrack {
    #[serde(flatten)]
    pub track: Track,
    /// At least two thirds as relevant as the best of this answer.
    pub strong: bool,
}
