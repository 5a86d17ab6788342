//! What was heard in a recording so far, for those who may hear the recording.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Scope;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::views::{QueueView, TranscriptView};
use crate::app::State;
use crate::domain::transcript::Transcript;
use crate::error::AiQaError;
use crate::store;

/// The transcript with its sentences from number `after` on.
#[tracing::instrument(name = "ai_qa.find_transcript", skip_all, fields(recording = %recording))]
pub async fn find_transcript(
    state: &State,
    caller: &Caller,
    recording: Uuid,
    after: i32,
) -> Result<(Transcript, TranscriptView), AiQaError> {
    let (mut tx, transcript) = open(state, caller, recording).await?;
    let sentences = store::sentences::list(&mut tx, transcript.id, after.max(0)).await?;
    Ok((transcript.clone(), TranscriptView::of(transcript, sentences)))
}

/// The same in the order in which sentences are heard, for whoever follows the transcription: without the first `after`.
#[tracing::instrument(name = "ai_qa.follow_transcript", skip_all, fields(recording = %recording))]
pub async fn follow_transcript(
    state: &State,
    caller: &Caller,
    recording: Uuid,
    after: i32,
) -> Result<TranscriptView, AiQaError> {
    let (mut tx, transcript) = open(state, caller, recording).await?;
    let sentences = store::sentences::heard(&mut tx, transcript.id, after.max(0)).await?;
    Ok(TranscriptView::of(transcript, sentences))
}

async fn open(
    state: &State,
    caller: &Caller,
    recording: Uuid,
) -> Result<(Transaction<'static, Postgres>, Transcript), AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let transcript = store::transcripts::find(&mut tx, recording).await?.ok_or(AiQaError::TranscriptNotFound)?;
    authz::check(&caller.principal, state.clock.now(), Action::RecordingRead, &transcript.resource())?;
    Ok((tx, transcript))
}

/// Whether recordings are written down at all, and how many of the caller's tenant wait.
#[tracing::instrument(name = "ai_qa.show_queue", skip_all)]
pub async fn show_queue(state: &State, caller: &Caller) -> Result<QueueView, AiQaError> {
    let library = Resource::tenant_wide(ResourceKind::TalkTrack, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::TalkTrackRead, &library)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let queue = store::transcripts::queue(&mut tx).await?;
    Ok(QueueView::of(state.recogniser.get().map(|one| one.model().to_owned()), &queue))
}
