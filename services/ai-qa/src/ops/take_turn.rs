//! Whose recording is written down next.

use chrono::Duration;
use journal::Caller;
use kernel::TenantId;

use super::fail_transcript::record_failure;
use crate::app::State;
use crate::domain::recording::RecordingState;
use crate::domain::transcript::{Transcript, TranscriptState};
use crate::error::AiQaError;
use crate::store;

/// Why a recording that keeps killing whoever works on it is given up.
const EXHAUSTED: &str = "attempts_exhausted";

/// Takes the recording whose turn it is: of the tenant that was served longest ago, the recording that was. A turn
/// that somebody died in is over when its lease is. `None` when nothing waits.
#[tracing::instrument(name = "ai_qa.take_turn", skip_all)]
pub async fn take_turn(state: &State) -> Result<Option<Transcript>, AiQaError> {
    let mut tx = state.journal.read_as_system().await?;
    let tenants = store::turns::tenants(&mut tx, state.clock.now()).await?;
    drop(tx);
    for tenant in tenants {
        if let Some(transcript) = take_of(state, tenant).await? {
            return Ok(Some(transcript));
        }
    }
    Ok(None)
}

async fn take_of(state: &State, tenant: TenantId) -> Result<Option<Transcript>, AiQaError> {
    let mut write = state.journal.begin(&Caller::job(tenant, "ai-qa", state.ids.new_id())).await?;
    let now = write.now();
    let Some(mut next) = store::transcripts::lock_next(write.db(), now).await? else { return Ok(None) };
    let recording = store::recordings::find(write.db(), next.recording).await?.ok_or(AiQaError::RecordingNotFound)?;
    let kept = recording.state == RecordingState::Stored && recording.keep_until.is_some_and(|until| until > now);
    if !kept {
        // Whoever deletes the content ends the transcript.
        next.release(now + Duration::minutes(1));
        store::transcripts::save(write.db(), &next).await?;
        write.commit(()).await?;
        return Ok(None);
    }
    if next.attempts >= state.config.transcription.attempts {
        record_failure(&mut write, &mut next, EXHAUSTED).await?;
        write.commit(()).await?;
        return Ok(None);
    }
    next.state = TranscriptState::Working;
    next.attempts += 1;
    next.holder = Some(write.new_id());
    next.lease_until = Some(now + Duration::seconds(state.config.transcription.lease_seconds));
    store::transcripts::save(write.db(), &next).await?;
    store::turns::take(write.db(), tenant, next.id).await?;
    write.commit(()).await?;
    Ok(Some(next))
}
