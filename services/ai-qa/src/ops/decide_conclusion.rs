//! The rep confirms or rejects what a recording seems to have concluded.

use authz::{Action, ResourceKind};
use contracts::ai_qa::v1::{ConclusionConfirmed, ConclusionRejected};
use contracts::shared::v1::Money;
use journal::{Caller, Entry, Write};
use kernel::Scope;
use uuid::Uuid;

use super::views::ConclusionView;
use crate::app::State;
use crate::domain::offer::{ConfirmInput, Offer, OfferState};
use crate::error::AiQaError;
use crate::store;
use crate::store::After;

/// Takes it as it was heard, or as the rep corrects it.
#[tracing::instrument(name = "ai_qa.confirm_conclusion", skip_all, fields(conclusion = %id))]
pub async fn confirm_conclusion(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: ConfirmInput,
) -> Result<ConclusionView, AiQaError> {
    let (mut write, mut offer) = open(state, caller, id).await?;
    let input = input.checked(&offer)?;
    offer.text = input.text.or(offer.text);
    offer.amount_minor = input.amount_minor.or(offer.amount_minor);
    offer.date = input.date.or(offer.date);
    offer.competitor = input.competitor.or(offer.competitor);
    decide(&mut write, &mut offer, OfferState::Confirmed).await?;
    let event = ConclusionConfirmed {
        conclusion_id: id.to_string(),
        recording_id: offer.recording.to_string(),
        visit_id: offer.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        owner_id: offer.owner.to_string(),
        org: offer.org.to_string(),
        kind: offer.kind.to_string(),
        amount: offer.amount_minor.map(|minor| Money { minor, currency: "CNY".into() }),
        date: offer.date.map(|date| date.to_string()).unwrap_or_default(),
    };
    write.record(Entry::new(&event, id, offer.version)?.change("offered", "confirmed"));
    Ok(write.commit(offer.into()).await?)
}

#[tracing::instrument(name = "ai_qa.reject_conclusion", skip_all, fields(conclusion = %id))]
pub async fn reject_conclusion(state: &State, caller: &Caller, id: Uuid) -> Result<ConclusionView, AiQaError> {
    let (mut write, mut offer) = open(state, caller, id).await?;
    decide(&mut write, &mut offer, OfferState::Rejected).await?;
    let event = ConclusionRejected {
        conclusion_id: id.to_string(),
        recording_id: offer.recording.to_string(),
        visit_id: offer.visit.map(|visit| visit.to_string()).unwrap_or_default(),
        owner_id: offer.owner.to_string(),
        org: offer.org.to_string(),
        kind: offer.kind.to_string(),
    };
    write.record(Entry::new(&event, id, offer.version)?.change("offered", "rejected"));
    Ok(write.commit(offer.into()).await?)
}

/// What a list is limited to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub recording: Option<Uuid>,
    pub visit: Option<Uuid>,
    pub state: Option<OfferState>,
}

#[tracing::instrument(name = "ai_qa.list_conclusions", skip_all)]
pub async fn list_conclusions(
    state: &State,
    caller: &Caller,
    wanted: Wanted,
    after: After,
    limit: i64,
) -> Result<Vec<ConclusionView>, AiQaError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Recording);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let Wanted { recording, visit, state } = wanted;
    let found = store::conclusions::list(&mut tx, recording, visit, state, after, limit).await?;
    Ok(found.into_iter().map(ConclusionView::from).collect())
}

/// For the owner and those who may hear the recording.
#[tracing::instrument(name = "ai_qa.find_conclusion", skip_all, fields(conclusion = %id))]
pub async fn find_conclusion(state: &State, caller: &Caller, id: Uuid) -> Result<Offer, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let offer = store::conclusions::find(&mut tx, id).await?.ok_or(AiQaError::ConclusionNotFound)?;
    authz::check(&caller.principal, state.clock.now(), Action::RecordingRead, &offer.resource())?;
    Ok(offer)
}

async fn open(state: &State, caller: &Caller, id: Uuid) -> Result<(Write, Offer), AiQaError> {
    let mut write = state.journal.begin(caller).await?;
    let offer = store::conclusions::lock(write.db(), id).await?.ok_or(AiQaError::ConclusionNotFound)?;
    authz::check(&caller.principal, write.now(), Action::RecordingCreate, &offer.resource())?;
    if offer.state != OfferState::Offered {
        return Err(AiQaError::DecidedBefore);
    }
    Ok((write, offer))
}

async fn decide(write: &mut Write, offer: &mut Offer, state: OfferState) -> Result<(), AiQaError> {
    offer.state = state;
    offer.decided_at = Some(write.now());
    offer.version += 1;
    store::conclusions::save(write.db(), offer).await
}
