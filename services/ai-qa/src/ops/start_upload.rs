//! Announces a recording: who owns it, how large it is, and that everybody recorded has agreed.

use authz::Action;
use journal::Caller;
use kernel::{FieldError, Text};
use serde::Deserialize;
use uuid::Uuid;

use super::views::RecordingView;
use crate::app::State;
use crate::domain::media::Media;
use crate::domain::recording::{Recording, RecordingState, Refusal};
use crate::error::AiQaError;
use crate::store;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecording {
    /// Such as `audio/mpeg`; the content must then be that. Found from the content when not given.
    pub media_type: Option<String>,
    /// The whole length.
    pub bytes: i64,
    /// True: everybody recorded has agreed. Nothing is taken without.
    #[serde(default)]
    pub consent: bool,
    pub visit_id: Option<Uuid>,
}

#[tracing::instrument(name = "ai_qa.start_upload", skip_all)]
pub async fn start_upload(state: &State, caller: &Caller, input: NewRecording) -> Result<RecordingView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let principal = &caller.principal;
    let recording = Recording {
        id: write.new_id(),
        tenant: principal.tenant,
        org: principal.org.clone(),
        owner: principal.id,
        visit: input.visit_id,
        declared: declared(input.media_type.as_deref())?,
        length: input.bytes,
        received: 0,
        state: RecordingState::Uploading,
        consent_at: write.now(),
        media: None,
        sha256: None,
        seconds: None,
        refusal: None,
        created_at: write.now(),
        touched_at: write.now(),
        stored_at: None,
        keep_until: None,
        version: 0,
    };
    authz::check(principal, write.now(), Action::RecordingCreate, &recording.resource())?;
    if !input.consent {
        return Err(AiQaError::ConsentMissing);
    }
    check_size(input.bytes, state.config.recordings.largest_bytes)?;
    store::recordings::insert(write.db(), &recording).await?;
    Ok(write.commit(recording.into()).await?)
}

fn declared(media_type: Option<&str>) -> Result<Option<Media>, AiQaError> {
    match media_type.filter(|name| !name.is_empty() && *name != "application/octet-stream") {
        None => Ok(None),
        Some(name) => Media::announced(name).map(Some).ok_or(AiQaError::Refused(Refusal::UnsupportedMedia)),
    }
}

fn check_size(bytes: i64, largest: i64) -> Result<(), AiQaError> {
    if bytes <= 0 {
        let reason = Text::new("必须大于 0", "must be more than 0");
        return Err(AiQaError::Invalid(vec![FieldError::new("bytes", "out_of_range", reason)]));
    }
    if bytes > largest { Err(AiQaError::TooLarge(largest)) } else { Ok(()) }
}
