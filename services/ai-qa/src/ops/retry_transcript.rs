//! Puts a transcription that failed back into the queue.

use authz::{Action, Resource, ResourceKind};
use contracts::ai_qa::v1::TranscriptRetried;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::views::TranscriptView;
use crate::app::State;
use crate::domain::transcript::TranscriptState;
use crate::error::AiQaError;
use crate::store;

/// For the owner, and for coaches who look after the owner.
#[tracing::instrument(name = "ai_qa.retry_transcript", skip_all, fields(recording = %recording))]
pub async fn retry_transcript(state: &State, caller: &Caller, recording: Uuid) -> Result<TranscriptView, AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let found = store::transcripts::lock(write.db(), recording).await?;
    let mut transcript = found.ok_or(AiQaError::TranscriptNotFound)?;
    let review = Resource { kind: ResourceKind::Review, ..transcript.resource() };
    authz::check(&caller.principal, write.now(), Action::RecordingCreate, &transcript.resource())
        .or_else(|_| authz::check(&caller.principal, write.now(), Action::ReviewDecide, &review))?;
    if transcript.state != TranscriptState::Failed {
        return Err(AiQaError::NotFailed);
    }
    transcript.release(write.now());
    transcript.attempts = 0;
    transcript.reason = None;
    transcript.ended_at = None;
    transcript.version += 1;
    let event = TranscriptRetried {
        transcript_id: transcript.id.to_string(),
        recording_id: recording.to_string(),
        org: transcript.org.to_string(),
    };
    write.record(Entry::new(&event, transcript.id, transcript.version)?.change("failed", "waiting"));
    store::transcripts::save(write.db(), &transcript).await?;
    Ok(write.commit(TranscriptView::of(transcript, Vec::new())).await?)
}
