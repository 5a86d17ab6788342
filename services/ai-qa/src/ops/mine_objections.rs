//! Objections that customers raised in a recording are offered for the library.

use contracts::ai_qa::v1::ObjectionMined;
use journal::{Caller, Entry};
use kernel::Scope;
use uuid::Uuid;

use crate::app::State;
use crate::domain::mined_objection::mined_objections;
use crate::domain::offer::{Candidate, CandidateState};
use crate::domain::transcript::{TranscriptState, heard};
use crate::error::AiQaError;
use crate::store;

/// Reads the transcript of a conversation; recordings of practised answers are none.
#[tracing::instrument(name = "ai_qa.mine_objections", skip_all, fields(recording = %recording))]
pub async fn mine_objections(state: &State, caller: &Caller, recording: Uuid) -> Result<(), AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let found = store::transcripts::find(&mut tx, recording).await?;
    let of = found.filter(|one| one.state == TranscriptState::Completed);
    let (Some(transcript), true) = (of, store::reviews::answers(&mut tx, recording).await?.is_empty()) else {
        return Ok(());
    };
    let sentences = store::sentences::list(&mut tx, transcript.id, 0).await?;
    let heard = heard(&sentences, false, state.config.transcription.rep_channel);
    let library = state.libraries.current(&mut tx, caller.tenant()).await?;
    drop(tx);
    let mut write = state.journal.begin(caller).await?;
    // The words may have been deleted meanwhile.
    let now = store::transcripts::lock(write.db(), recording).await?;
    if now.is_none_or(|now| now.state != TranscriptState::Completed) {
        return Ok(write.commit(()).await?);
    }
    for objection in mined_objections(&heard, library.index()) {
        let candidate = Candidate {
            id: write.new_id(),
            tenant: transcript.tenant,
            org: transcript.org.clone(),
            owner: transcript.owner,
            recording,
            visit: transcript.visit,
            state: CandidateState::Mined,
            text: Some(objection.text),
            start_ms: i64::from(objection.start_ms),
            end_ms: i64::from(objection.end_ms),
            talk_track: objection.known_as,
            objection: None,
            mined_at: write.now(),
            decided_at: None,
            version: 1,
        };
        store::candidates::insert(write.db(), &candidate).await?;
        write.record(Entry::new(&event(&candidate), candidate.id, candidate.version)?);
    }
    Ok(write.commit(()).await?)
}

fn event(candidate: &Candidate) -> ObjectionMined {
    ObjectionMined {
        candidate_id: candidate.id.to_string(),
        recording_id: candidate.recording.to_string(),
        visit_id: candidate.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        org: candidate.org.to_string(),
    }
}
