//! A turn ended before its recording was written down: it waits again, or has failed.

use contracts::ai_qa::v1::TranscriptFailed;
use journal::{Entry, Write};

use super::checkpoint_transcript::{caller, lock_held};
use crate::app::State;
use crate::domain::transcript::{Transcript, TranscriptState, backoff};
use crate::error::AiQaError;
use crate::store;

/// Gives the turn back: others come first.
#[tracing::instrument(name = "ai_qa.release_turn", skip_all, fields(recording = %turn.recording))]
pub async fn release_turn(state: &State, turn: &Transcript) -> Result<(), AiQaError> {
    let mut write = state.journal.begin(&caller(state, turn)).await?;
    let Some(mut held) = lock_held(&mut write, turn).await? else { return Ok(()) };
    held.release(write.now());
    store::transcripts::save(write.db(), &held).await?;
    Ok(write.commit(()).await?)
}

/// `reason` is a stable code. What may go better another time is tried again, after a while and not for ever.
#[tracing::instrument(name = "ai_qa.fail_transcript", skip_all, fields(recording = %turn.recording, reason))]
pub async fn fail_transcript(state: &State, turn: &Transcript, reason: &str, transient: bool) -> Result<(), AiQaError> {
    let mut write = state.journal.begin(&caller(state, turn)).await?;
    let Some(mut held) = lock_held(&mut write, turn).await? else { return Ok(()) };
    if transient && held.attempts < state.config.transcription.attempts {
        held.release(write.now() + backoff(held.attempts));
        store::transcripts::save(write.db(), &held).await?;
    } else {
        record_failure(&mut write, &mut held, reason).await?;
    }
    Ok(write.commit(()).await?)
}

/// Ends a locked transcript as failed.
pub(super) async fn record_failure(write: &mut Write, held: &mut Transcript, reason: &str) -> Result<(), AiQaError> {
    let from = held.state.as_str();
    held.reason = Some(reason.to_owned());
    held.end(TranscriptState::Failed, write.now());
    let event = TranscriptFailed {
        transcript_id: held.id.to_string(),
        recording_id: held.recording.to_string(),
        owner_id: held.owner.to_string(),
        org: held.org.to_string(),
        visit_id: held.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        reason: reason.to_owned(),
        attempts: u32::try_from(held.attempts).unwrap_or(0),
    };
    write.record(Entry::new(&event, held.id, held.version)?.change(from, "failed"));
    store::transcripts::save(write.db(), held).await
}
