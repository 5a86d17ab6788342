//! Deletes a recording's content when its time is up; what it hashed to stays.

use contracts::ai_qa::v1::RecordingDeleted;
use journal::{Caller, Entry};
use uuid::Uuid;

use crate::app::State;
use crate::domain::recording::RecordingState;
use crate::error::AiQaError;
use crate::store;

/// The object goes first: if this stops in between, it is done again and nothing is left behind.
#[tracing::instrument(name = "ai_qa.delete_content", skip_all, fields(recording = %id))]
pub async fn delete_content(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    state.content.delete(id).await?;
    let mut write = state.journal.begin(caller).await?;
    let mut recording = store::recordings::lock(write.db(), id).await?.ok_or(AiQaError::RecordingNotFound)?;
    if recording.state != RecordingState::Stored {
        return Ok(());
    }
    recording.state = RecordingState::Deleted;
    recording.version += 1;
    let event = RecordingDeleted {
        recording_id: id.to_string(),
        sha256: recording.sha256.clone().unwrap_or_default(),
        org: recording.org.to_string(),
    };
    let entry = Entry::new(&event, id, recording.version)?.change("stored", "deleted").why("retention");
    write.record(entry);
    let now = write.now();
    store::recordings::save(write.db(), &recording, now).await?;
    Ok(write.commit(()).await?)
}
