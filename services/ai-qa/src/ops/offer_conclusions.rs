//! What a conversation seems to have concluded is offered to the rep; nothing counts before the rep confirms it.

use contracts::ai_qa::v1::ConclusionOffered;
use journal::{Caller, Entry};
use kernel::Scope;
use uuid::Uuid;

use crate::app::State;
use crate::domain::coaching::china_day;
use crate::domain::conclusion::{Conclusion, conclusions};
use crate::domain::offer::{Offer, OfferState, fen};
use crate::domain::transcript::{Transcript, TranscriptState, heard};
use crate::error::AiQaError;
use crate::store;

/// Reads the transcript of a conversation; recordings of practised answers are none.
#[tracing::instrument(name = "ai_qa.offer_conclusions", skip_all, fields(recording = %recording))]
pub async fn offer_conclusions(state: &State, caller: &Caller, recording: Uuid) -> Result<(), AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let found = store::transcripts::find(&mut tx, recording).await?;
    let of = found.filter(|one| one.state == TranscriptState::Completed);
    let (Some(transcript), true) = (of, store::reviews::answers(&mut tx, recording).await?.is_empty()) else {
        return Ok(());
    };
    let Some(recorded) = store::recordings::find(&mut tx, recording).await? else { return Ok(()) };
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
    for conclusion in conclusions(&heard, china_day(recorded.created_at), &library.competitors()) {
        let offer = offered(write.new_id(), &transcript, conclusion, write.now());
        store::conclusions::insert(write.db(), &offer).await?;
        write.record(Entry::new(&event(&offer), offer.id, offer.version)?);
    }
    Ok(write.commit(()).await?)
}

fn offered(id: Uuid, of: &Transcript, found: Conclusion, now: chrono::DateTime<chrono::Utc>) -> Offer {
    Offer {
        id,
        tenant: of.tenant,
        org: of.org.clone(),
        owner: of.owner,
        recording: of.recording,
        visit: of.visit,
        kind: found.kind,
        state: OfferState::Offered,
        text: Some(found.text),
        start_ms: i64::from(found.start_ms),
        end_ms: i64::from(found.end_ms),
        amount_minor: found.amount.and_then(fen),
        date: found.date,
        competitor: found.competitor,
        doubtful: found.doubtful,
        offered_at: now,
        decided_at: None,
        version: 1,
    }
}

fn event(offer: &Offer) -> ConclusionOffered {
    ConclusionOffered {
        conclusion_id: offer.id.to_string(),
        recording_id: offer.recording.to_string(),
        visit_id: offer.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        owner_id: offer.owner.to_string(),
        org: offer.org.to_string(),
        kind: offer.kind.to_string(),
    }
}
