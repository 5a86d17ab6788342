//! Keeps what was heard so far, so that nothing is written down twice.

use chrono::Duration;
use journal::{Caller, Write};
use uuid::Uuid;

use crate::app::State;
use crate::domain::transcript::{Sentence, Transcript};
use crate::error::AiQaError;
use crate::store;

/// What a turn has heard since the last checkpoint.
pub struct Progress {
    pub sentences: Vec<Sentence>,
    /// Everything that ended before was heard.
    pub heard_ms: i64,
    pub total_ms: Option<i64>,
}

/// Adds sentences and moves on; false when the turn is over: somebody else works on it, or the recording is gone.
#[tracing::instrument(name = "ai_qa.checkpoint_transcript", skip_all, fields(recording = %turn.recording))]
pub async fn checkpoint_transcript(state: &State, turn: &Transcript, heard: Progress) -> Result<bool, AiQaError> {
    let mut write = state.journal.begin(&caller(state, turn)).await?;
    let Some(mut held) = lock_held(&mut write, turn).await? else { return Ok(false) };
    add(&mut write, &mut held, heard).await?;
    held.attempts = 0;
    held.lease_until = Some(write.now() + Duration::seconds(state.config.transcription.lease_seconds));
    store::transcripts::save(write.db(), &held).await?;
    Ok(write.commit(true).await?)
}

/// Keeps others away; false when the turn is over.
#[tracing::instrument(name = "ai_qa.extend_lease", skip_all, fields(recording = %turn.recording))]
pub async fn extend_lease(state: &State, turn: &Transcript) -> Result<bool, AiQaError> {
    let mut write = state.journal.begin(&caller(state, turn)).await?;
    let until = write.now() + Duration::seconds(state.config.transcription.lease_seconds);
    let holder = turn.holder.unwrap_or_default();
    let held = store::transcripts::extend_lease(write.db(), turn.id, holder, until).await?;
    Ok(write.commit(held).await?)
}

/// Whether anybody else waits for a turn.
#[tracing::instrument(name = "ai_qa.others_wait", skip_all)]
pub async fn others_wait(state: &State, turn: &Transcript) -> Result<bool, AiQaError> {
    let mut tx = state.journal.read_as_system().await?;
    store::transcripts::others_wait(&mut tx, turn.id, state.clock.now()).await
}

/// Appends sentences to a transcript that is locked; their numbers follow those that are there.
pub(super) async fn add(write: &mut Write, held: &mut Transcript, heard: Progress) -> Result<(), AiQaError> {
    let mut sentences = heard.sentences;
    for sentence in &mut sentences {
        sentence.number = held.sentences;
        held.sentences += 1;
        held.doubtful += i32::from(sentence.doubtful);
    }
    store::sentences::insert(write.db(), held.tenant, held.id, &sentences).await?;
    held.heard_ms = held.heard_ms.max(heard.heard_ms);
    held.total_ms = heard.total_ms.or(held.total_ms);
    Ok(())
}

/// The transcript, locked, as long as the turn holds it.
pub(super) async fn lock_held(write: &mut Write, turn: &Transcript) -> Result<Option<Transcript>, AiQaError> {
    let held = store::transcripts::lock(write.db(), turn.recording).await?;
    Ok(held.filter(|held| held.held_by(turn.holder.unwrap_or_else(Uuid::nil))))
}

pub(super) fn caller(state: &State, turn: &Transcript) -> Caller {
    Caller::job(turn.tenant, "ai-qa", state.ids.new_id())
}
