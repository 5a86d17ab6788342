//! Gives up an upload that nobody continues.

use chrono::{DateTime, Utc};
use journal::Caller;
use uuid::Uuid;

use crate::app::State;
use crate::domain::recording::RecordingState;
use crate::error::AiQaError;
use crate::store;

/// Takes the upload when it is still not whole and nobody has touched it since `before`, then deletes its parts.
#[tracing::instrument(name = "ai_qa.abandon_upload", skip_all, fields(recording = %id))]
pub async fn abandon_upload(state: &State, caller: &Caller, id: Uuid, before: DateTime<Utc>) -> Result<(), AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut upload = store::recordings::lock(write.db(), id).await?.ok_or(AiQaError::RecordingNotFound)?;
    if upload.state != RecordingState::Uploading || upload.is_complete() || upload.touched_at >= before {
        return Ok(());
    }
    upload.state = RecordingState::Abandoned;
    let now = write.now();
    store::parts::delete(write.db(), id).await?;
    store::recordings::save(write.db(), &upload, now).await?;
    write.commit(()).await?;
    Ok(state.content.delete_parts(id).await?)
}
