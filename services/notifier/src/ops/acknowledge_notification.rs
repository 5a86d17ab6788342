//! The recipient has seen it: escalation stops.

use authz::{Action, Resource, ResourceKind};
use contracts::notifier::v1::NotificationAcknowledged;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::escalate_notification::TIMER;
use super::list_notifications::NotificationView;
use crate::app::State;
use crate::error::NotifierError;
use crate::store::notifications;

#[tracing::instrument(name = "notifier.acknowledge_notification", skip_all, fields(notification = %id))]
pub async fn acknowledge_notification(
    state: &State,
    caller: &Caller,
    id: Uuid,
) -> Result<NotificationView, NotifierError> {
    let mut write = state.journal.begin(caller).await?;
    let mut found = notifications::lock(write.db(), id).await?.ok_or(NotifierError::NotFound("notification"))?;
    let resource = Resource::owned(ResourceKind::Notification, caller.tenant(), found.org.clone(), found.recipient_id);
    authz::check(&caller.principal, write.now(), Action::NotificationAcknowledge, &resource)?;
    if found.acknowledged_at.is_none() {
        let now = write.now();
        notifications::acknowledge(write.db(), id, now).await?;
        found.acknowledged_at = Some(now);
        let version = notifications::next_version(write.db(), id).await?;
        let event =
            NotificationAcknowledged { notification_id: id.to_string(), recipient_id: found.recipient_id.to_string() };
        write.record(Entry::new(&event, id, version)?);
        write.disarm(id, TIMER).await?;
    }
    Ok(write.commit(found.into()).await?)
}
