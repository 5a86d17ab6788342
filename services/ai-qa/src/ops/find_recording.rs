//! One recording, for those who may know of it.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::Scope;
use uuid::Uuid;

use super::views::RecordingView;
use crate::app::State;
use crate::domain::content_link::ContentLink;
use crate::domain::recording::{Recording, RecordingState};
use crate::error::AiQaError;
use crate::store;
use crate::store::After;
use crate::store::accesses::Access;

/// What is known about a recording; its content is read elsewhere, and journalled.
#[tracing::instrument(name = "ai_qa.find_recording", skip_all, fields(recording = %id))]
pub async fn find_recording(state: &State, caller: &Caller, id: Uuid) -> Result<Recording, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let recording = store::recordings::find(&mut tx, id).await?.ok_or(AiQaError::RecordingNotFound)?;
    authz::check(&caller.principal, state.clock.now(), Action::RecordingRead, &recording.resource())?;
    Ok(recording)
}

/// What is known about a recording, and where its reader finds the content for a short time.
pub async fn show_recording(state: &State, caller: &Caller, id: Uuid) -> Result<RecordingView, AiQaError> {
    let recording = find_recording(state, caller, id).await?;
    let stored = recording.state == RecordingState::Stored;
    let link = || ContentLink::write(&state.links, id, caller.principal.id, state.clock.now());
    let content_link = if stored { Some(link()?) } else { None };
    Ok(RecordingView { content_link, ..recording.into() })
}

/// An upload, for the one who started it; others learn nothing about it.
#[tracing::instrument(name = "ai_qa.find_upload", skip_all, fields(recording = %id))]
pub async fn find_upload(state: &State, caller: &Caller, id: Uuid) -> Result<Recording, AiQaError> {
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    let recording = store::recordings::find(&mut tx, id).await?;
    let recording = recording.filter(|found| found.owner == caller.principal.id).ok_or(AiQaError::RecordingNotFound)?;
    authz::check(&caller.principal, state.clock.now(), Action::RecordingCreate, &recording.resource())?;
    Ok(recording)
}

/// Who was given the content, for those who decide reviews there and those who read the ledger.
#[tracing::instrument(name = "ai_qa.list_accesses", skip_all, fields(recording = %id))]
pub async fn list_accesses(
    state: &State,
    caller: &Caller,
    id: Uuid,
    after: After,
    limit: i64,
) -> Result<Vec<Access>, AiQaError> {
    let recording = find_recording(state, caller, id).await?;
    let (principal, now) = (&caller.principal, state.clock.now());
    let review = Resource { kind: ResourceKind::Review, ..recording.resource() };
    let ledger = Resource::tenant_wide(ResourceKind::Ledger, recording.tenant);
    authz::check(principal, now, Action::ReviewDecide, &review)
        .or_else(|_| authz::check(principal, now, Action::LedgerRead, &ledger))?;
    let mut tx = state.journal.read(principal, Scope::All).await?;
    store::accesses::list(&mut tx, id, after, limit).await
}
