//! Deletes a recording's content and words, when its time is up or consent is withdrawn; what they hashed to stays.

use authz::Action;
use contracts::ai_qa::v1::{RecordingDeleted, TranscriptCancelled, TranscriptDeleted};
use journal::{Caller, Entry, Write};
use kernel::{Scope, Text};
use uuid::Uuid;

use crate::app::State;
use crate::domain::recording::RecordingState;
use crate::domain::transcript::{Transcript, TranscriptState};
use crate::error::AiQaError;
use crate::store;

/// The rep says that somebody recorded does not agree any more.
#[tracing::instrument(name = "ai_qa.withdraw_consent", skip_all, fields(recording = %id))]
pub async fn withdraw_consent(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    delete(state, caller, id, Text::new("同意已撤回", "the consent was withdrawn")).await
}

/// The recording's time is up.
#[tracing::instrument(name = "ai_qa.delete_content", skip_all, fields(recording = %id))]
pub async fn delete_content(state: &State, caller: &Caller, id: Uuid) -> Result<(), AiQaError> {
    delete(state, caller, id, Text::new("保留期已满", "kept as long as it may be")).await
}

/// The object goes first: if this stops in between, it is done again and nothing is left behind.
async fn delete(state: &State, caller: &Caller, id: Uuid, why: Text) -> Result<(), AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let recording = store::recordings::find(&mut tx, id).await?.ok_or(AiQaError::RecordingNotFound)?;
    drop(tx);
    authz::check(&caller.principal, state.clock.now(), Action::RecordingCreate, &recording.resource())?;
    match recording.state {
        RecordingState::Stored => state.content.delete(id).await?,
        RecordingState::Deleted => return Ok(()),
        _ => return Err(AiQaError::NotStored),
    }
    forget(state, caller, id, why).await
}

async fn forget(state: &State, caller: &Caller, id: Uuid, why: Text) -> Result<(), AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let mut recording = store::recordings::lock(write.db(), id).await?.ok_or(AiQaError::RecordingNotFound)?;
    if recording.state != RecordingState::Stored {
        return Ok(());
    }
    forget_words(&mut write, id).await?;
    store::conclusions::forget(write.db(), id).await?;
    store::candidates::forget(write.db(), id).await?;
    store::examples::forget(write.db(), id).await?;
    store::scores::forget(write.db(), id).await?;
    recording.state = RecordingState::Deleted;
    recording.version += 1;
    let event = RecordingDeleted {
        recording_id: id.to_string(),
        sha256: recording.sha256.clone().unwrap_or_default(),
        org: recording.org.to_string(),
    };
    let entry = Entry::new(&event, id, recording.version)?.change("stored", "deleted").why(why);
    write.record(entry);
    let now = write.now();
    store::recordings::save(write.db(), &recording, now).await?;
    Ok(write.commit(()).await?)
}

async fn forget_words(write: &mut Write, recording: Uuid) -> Result<(), AiQaError> {
    let Some(mut transcript) = store::transcripts::lock(write.db(), recording).await? else { return Ok(()) };
    match transcript.state {
        TranscriptState::Waiting | TranscriptState::Working | TranscriptState::Failed => {
            cancel(write, &mut transcript)?;
        }
        TranscriptState::Completed => drop_words(write, &mut transcript)?,
        TranscriptState::Cancelled | TranscriptState::Deleted => return Ok(()),
    }
    store::sentences::delete(write.db(), transcript.id).await?;
    store::transcripts::save(write.db(), &transcript).await
}

/// Whoever works on it finds at the next checkpoint that the turn is over.
fn cancel(write: &mut Write, transcript: &mut Transcript) -> Result<(), AiQaError> {
    let from = transcript.state.as_str();
    transcript.end(TranscriptState::Cancelled, write.now());
    let event = TranscriptCancelled {
        transcript_id: transcript.id.to_string(),
        recording_id: transcript.recording.to_string(),
        org: transcript.org.to_string(),
    };
    write.record(Entry::new(&event, transcript.id, transcript.version)?.change(from, "cancelled"));
    Ok(())
}

fn drop_words(write: &mut Write, transcript: &mut Transcript) -> Result<(), AiQaError> {
    transcript.end(TranscriptState::Deleted, write.now());
    let event = TranscriptDeleted {
        transcript_id: transcript.id.to_string(),
        recording_id: transcript.recording.to_string(),
        org: transcript.org.to_string(),
        sha256: transcript.sha256.clone().unwrap_or_default(),
    };
    write.record(Entry::new(&event, transcript.id, transcript.version)?.change("completed", "deleted"));
    Ok(())
}
