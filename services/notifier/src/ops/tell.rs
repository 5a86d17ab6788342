//! Keeps one notification: inbox, evidence, outgoing message, escalation timer.

use std::collections::BTreeSet;

use chrono::Duration;
use contracts::notifier::v1::{NotificationPlanned, NotificationSent};
use journal::{Entry, Timer, Write};
use serde_json::json;

use super::escalate_notification::{Pending, TIMER};
use super::queue_delivery::queue_delivery;
use crate::domain::channel::ChannelKind;
use crate::error::NotifierError;
use crate::store::notifications::{self, Notification, RecipientKind};

/// How a notification goes out.
pub struct Manner<'a> {
    pub channels: &'a [ChannelKind],
    pub usable: &'a BTreeSet<ChannelKind>,
    /// What was agreed for the case that nobody acknowledges.
    pub escalate: Option<Pending>,
}

/// Does nothing when this recipient was told of this event in these words before.
pub async fn tell(write: &mut Write, notification: &Notification, manner: &Manner<'_>) -> Result<(), NotifierError> {
    let tenant = write.caller().tenant().0;
    if !notifications::insert(write.db(), tenant, notification).await? {
        return Ok(());
    }
    match notification.recipient_kind {
        RecipientKind::Person => record_in_app(write, notification).await?,
        RecipientKind::Customer => record_planned(write, notification).await?,
    }
    queue_delivery(write, notification, manner.channels, manner.usable).await?;
    if let Some(pending) = &manner.escalate {
        arm(write, notification, pending).await?;
    }
    Ok(())
}

/// The inbox has it as soon as it is kept.
async fn record_in_app(write: &mut Write, notification: &Notification) -> Result<(), NotifierError> {
    let version = notifications::next_version(write.db(), notification.id).await?;
    let sent = NotificationSent {
        notification_id: notification.id.to_string(),
        cause_event_id: notification.cause_event_id.to_string(),
        template: notification.template.clone(),
        recipient_id: notification.recipient_id.to_string(),
        role: notification.role.clone(),
        channel: ChannelKind::InApp.as_str().into(),
    };
    write.record(Entry::new(&sent, notification.id, version)?);
    Ok(())
}

/// A customer has no inbox: what is kept for one is on its way at most.
async fn record_planned(write: &mut Write, notification: &Notification) -> Result<(), NotifierError> {
    let version = notifications::next_version(write.db(), notification.id).await?;
    let planned = NotificationPlanned {
        notification_id: notification.id.to_string(),
        cause_event_id: notification.cause_event_id.to_string(),
        template: notification.template.clone(),
        recipient_id: notification.recipient_id.to_string(),
        role: notification.role.clone(),
    };
    write.record(Entry::new(&planned, notification.id, version)?);
    Ok(())
}

async fn arm(write: &mut Write, notification: &Notification, pending: &Pending) -> Result<(), NotifierError> {
    let timer = Timer {
        aggregate: "notification",
        aggregate_id: notification.id,
        kind: TIMER,
        generation: 1,
        due_at: write.now() + Duration::minutes(i64::from(pending.escalation.after_minutes)),
        payload: json!(pending),
    };
    Ok(write.arm(timer).await?)
}
