//! A recording from its announcement to the end of its time.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{Kind, OrgPath, Problem, TenantId, choices};
use uuid::Uuid;

use super::duration;
use super::media::Media;
use super::probe::Probe;

choices! {
    /// Where a recording stands.
    RecordingState {
        /// Announced; its bytes are arriving.
        Uploading = "uploading",
        /// Whole, looked at and kept.
        Stored = "stored",
        /// Whole, looked at and not kept.
        Refused = "refused",
        /// Nobody continued the upload.
        Abandoned = "abandoned",
        /// Its time was up; the content is gone.
        Deleted = "deleted",
    }
}

choices! {
    /// Why a whole recording is not kept.
    Refusal {
        UnsupportedMedia = "unsupported_media",
        TooLong = "recording_too_long",
    }
}

#[derive(Clone, Debug)]
pub struct Recording {
    pub id: Uuid,
    pub tenant: TenantId,
    pub org: OrgPath,
    pub owner: Uuid,
    pub visit: Option<Uuid>,
    /// What the client says it sends.
    pub declared: Option<Media>,
    pub length: i64,
    pub received: i64,
    pub state: RecordingState,
    /// When the uploader confirmed that everybody recorded has agreed.
    pub consent_at: DateTime<Utc>,
    pub media: Option<Media>,
    pub sha256: Option<String>,
    pub seconds: Option<f64>,
    pub refusal: Option<Refusal>,
    pub created_at: DateTime<Utc>,
    /// When anything about it last changed.
    pub touched_at: DateTime<Utc>,
    pub stored_at: Option<DateTime<Utc>>,
    pub keep_until: Option<DateTime<Utc>>,
    pub version: i64,
}

/// What a whole recording turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub media: Media,
    pub seconds: Option<f64>,
    pub sha256: String,
}

impl Recording {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Recording, self.tenant, self.org.clone(), self.owner)
    }

    pub fn is_complete(&self) -> bool {
        self.received == self.length
    }

    /// Looks at the whole content: is it what it was announced as, and no longer than allowed?
    pub fn judge(&self, probe: &Probe, longest_minutes: u32) -> Result<Found, Refusal> {
        let media = Media::sniff(probe.head()).ok_or(Refusal::UnsupportedMedia)?;
        if self.declared.is_some_and(|declared| declared != media) {
            return Err(Refusal::UnsupportedMedia);
        }
        let seconds = duration::seconds(media, probe);
        if seconds.is_some_and(|seconds| seconds > f64::from(longest_minutes) * 60.0) {
            return Err(Refusal::TooLong);
        }
        Ok(Found { media, seconds, sha256: probe.sha256() })
    }
}

impl Refusal {
    pub fn problem(self) -> Problem {
        match self {
            Self::UnsupportedMedia => Problem::new(
                Kind::UnsupportedType,
                "unsupported_media",
                "不是支持的录音格式，或与声明的格式不符",
                "not a kind of recording that is supported, or not the one announced",
            ),
            Self::TooLong => Problem::new(
                Kind::Refused,
                "recording_too_long",
                "录音超过允许的时长",
                "the recording plays longer than is allowed",
            ),
        }
    }
}
