//! A recording is written down.

use contracts::ai_qa::v1::TranscriptCompleted;
use journal::{Entry, Write};

use super::checkpoint_transcript::{Progress, add, caller, lock_held};
use crate::app::State;
use crate::domain::transcript::{Transcript, TranscriptState, digest};
use crate::error::AiQaError;
use crate::store;

/// What is known at the end of the sound.
pub struct Ending {
    /// The last sentences.
    pub rest: Progress,
    pub peak: f32,
    pub truncated: bool,
    pub model: String,
}

/// Ends the transcript once: a turn that does not hold it any more changes nothing.
#[tracing::instrument(name = "ai_qa.complete_transcript", skip_all, fields(recording = %turn.recording))]
pub async fn complete_transcript(state: &State, turn: &Transcript, ending: Ending) -> Result<(), AiQaError> {
    let mut write = state.journal.begin(&caller(state, turn)).await?;
    let Some(mut held) = lock_held(&mut write, turn).await? else { return Ok(()) };
    add(&mut write, &mut held, ending.rest).await?;
    store::sentences::number(write.db(), held.id).await?;
    held.sha256 = Some(digest(&store::sentences::list(write.db(), held.id, 0).await?));
    held.peak = Some(ending.peak);
    held.truncated = ending.truncated;
    held.model = Some(ending.model);
    held.end(TranscriptState::Completed, write.now());
    record(&mut write, &held)?;
    store::transcripts::save(write.db(), &held).await?;
    Ok(write.commit(()).await?)
}

fn record(write: &mut Write, held: &Transcript) -> Result<(), AiQaError> {
    let count = |number: i32| u32::try_from(number).unwrap_or(0);
    let event = TranscriptCompleted {
        transcript_id: held.id.to_string(),
        recording_id: held.recording.to_string(),
        owner_id: held.owner.to_string(),
        org: held.org.to_string(),
        visit_id: held.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        sentences: count(held.sentences),
        doubtful: count(held.doubtful),
        heard_ms: u64::try_from(held.heard_ms).unwrap_or(0),
        truncated: held.truncated,
        model: held.model.clone().unwrap_or_default(),
        sha256: held.sha256.clone().unwrap_or_default(),
    };
    write.record(Entry::new(&event, held.id, held.version)?.change("working", "completed"));
    Ok(())
}
