//! Sends a dead message again.

use authz::{Action, Resource, ResourceKind};
use contracts::notifier::v1::NotificationReplayed;
use journal::{Caller, Entry, Write};
use uuid::Uuid;

use super::delivery_view::{DeliveryView, with_attempts};
use crate::app::State;
use crate::error::NotifierError;
use crate::store::deliveries::{self, DeliveryRow};
use crate::store::notifications;

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
    record_replay(&mut write, &found).await?;
    let queued = DeliveryRow { state: "queued".into(), attempts: 0, next_attempt_at: now, finished_at: None, ..found };
    let view = with_attempts(write.db(), vec![queued]).await?.pop().ok_or(NotifierError::NotFound("message"))?;
    Ok(write.commit(view).await?)
}

/// The aggregate is the notification; a webhook's delivery is one of its own.
async fn record_replay(write: &mut Write, found: &DeliveryRow) -> Result<(), NotifierError> {
    let (aggregate, version) = match found.notification_id {
        Some(id) => (id, notifications::next_version(write.db(), id).await?),
        None => (found.id, deliveries::next_version(write.db(), found.id).await?),
    };
    let event = NotificationReplayed {
        notification_id: aggregate.to_string(),
        delivery_id: found.id.to_string(),
        channel: found.channel.clone(),
    };
    let entry = Entry::new(&event, aggregate, version)?.change(found.state.as_str(), "queued");
    write.record(entry);
    Ok(())
}
