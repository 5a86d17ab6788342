//! Sends a dead message again.

use authz::{Action, Resource, ResourceKind};
use journal::{Caller, Write};
use uuid::Uuid;

use super::delivery_view::{DeliveryView, with_attempts};
use crate::app::State;
use crate::error::NotifierError;
use crate::store::deliveries::{self, DeliveryRow};

#[tracing::instrument(name = "notifier.replay_outbox_message", skip_all, fields(delivery = %id))]
pub async fn replay_outbox_message(state: &State, caller: &Caller, id: Uuid) -> Result<DeliveryView, NotifierError> {
    let mut write = state.journal.begin(caller).await?;
    let letters = Resource::tenant_wide(ResourceKind::DeadLetter, caller.tenant());
    authz::check(&caller.principal, write.now(), Action::DeadLetterReplay, &letters)?;
    let found = deliveries::lock(write.db(), id).await?.ok_or(NotifierError::NotFound("message"))?;
    start_over(write, found, &["dead"]).await
}

/// Queues an ended message anew and commits; `from` are the states it may be in.
pub async fn start_over(mut write: Write, found: DeliveryRow, from: &[&str]) -> Result<DeliveryView, NotifierError> {
    if !from.contains(&found.state.as_str()) {
        return Err(NotifierError::NotReplayable(found.state));
    }
    let now = write.now();
    deliveries::start_over(write.db(), found.id, now).await?;
    let queued = DeliveryRow { state: "queued".into(), attempts: 0, next_attempt_at: now, finished_at: None, ..found };
    let view = with_attempts(write.db(), vec![queued]).await?.pop().ok_or(NotifierError::NotFound("message"))?;
    Ok(write.commit(view).await?)
}
