//! A recording.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::content_link::ContentLink;
use crate::domain::media::Media;
use crate::domain::recording::{Recording, RecordingState, Refusal};

/// A recording without its content.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RecordingView {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub org: String,
    pub visit_id: Option<Uuid>,
    pub state: RecordingState,
    /// As the content shows it, once it is stored.
    pub media_type: Option<Media>,
    pub bytes: i64,
    /// How much has arrived: the next `PATCH` starts here.
    pub received: i64,
    /// Lower-case hex, once it is stored.
    pub sha256: Option<String>,
    /// Playing time, where the format tells it.
    pub seconds: Option<f64>,
    pub refusal: Option<Refusal>,
    /// When the uploader confirmed that everybody recorded has agreed.
    pub consent_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub stored_at: Option<DateTime<Utc>>,
    /// When the content will be deleted.
    pub keep_until: Option<DateTime<Utc>>,
    /// Where the content is sent to.
    pub upload_url: String,
    /// Where the asker can read the content for a short time; in the answer about one recording whose content is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_link: Option<ContentLink>,
}

impl From<Recording> for RecordingView {
    fn from(recording: Recording) -> Self {
        Self {
            id: recording.id,
            owner_id: recording.owner,
            org: recording.org.into(),
            visit_id: recording.visit,
            state: recording.state,
            media_type: recording.media,
            bytes: recording.length,
            received: recording.received,
            sha256: recording.sha256,
            seconds: recording.seconds,
            refusal: recording.refusal,
            consent_at: recording.consent_at,
            created_at: recording.created_at,
            stored_at: recording.stored_at,
            keep_until: recording.keep_until,
            upload_url: format!("/api/recordings/{}/content", recording.id),
            content_link: None,
        }
    }
}
