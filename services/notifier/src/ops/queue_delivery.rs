//! Queues the outgoing message of a notification on the first channel that its recipient wants.

use std::collections::BTreeSet;

use journal::Write;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::channel::ChannelKind;
use crate::error::NotifierError;
use crate::store::deliveries::{self, NewDelivery, Target};
use crate::store::notifications::{Notification, RecipientKind};
use crate::store::preferences::{self, Preferences};

/// The channels of `wanted` that can be used for this recipient, in order.
pub async fn open_channels(
    db: &mut PgConnection,
    tenant: Uuid,
    recipient: (RecipientKind, Uuid),
    wanted: &[ChannelKind],
    usable: &BTreeSet<ChannelKind>,
) -> Result<(Vec<ChannelKind>, Preferences), NotifierError> {
    let preferences = match recipient {
        (RecipientKind::Person, person) => preferences::get(db, tenant, person).await?,
        (RecipientKind::Customer, _) => Preferences::default(),
    };
    let open = wanted.iter().copied().filter(|kind| usable.contains(kind) && !preferences.channels_off.contains(kind));
    Ok((open.collect(), preferences))
}

/// Queues on the first open channel; the rest are kept to fall back to.
///
/// Without any, a person still has the inbox. A customer has nothing else, so the message is queued on the
/// first wanted channel all the same: it dies there, visibly, and can be replayed when a provider is set up.
pub async fn queue_delivery(
    write: &mut Write,
    notification: &Notification,
    wanted: &[ChannelKind],
    usable: &BTreeSet<ChannelKind>,
) -> Result<(), NotifierError> {
    let tenant = write.caller().tenant().0;
    let recipient = (notification.recipient_kind, notification.recipient_id);
    let (mut open, preferences) = open_channels(write.db(), tenant, recipient, wanted, usable).await?;
    if open.is_empty() && notification.recipient_kind == RecipientKind::Customer {
        open = wanted.to_vec();
    }
    let Some((channel, fallback)) = open.split_first() else { return Ok(()) };
    let delivery = NewDelivery {
        id: write.new_id(),
        tenant,
        target: Target::Notification(notification.id),
        channel: *channel,
        fallback: fallback.to_vec(),
        due_at: preferences.due_at(write.now(), notification.urgent),
        cause_event_id: notification.cause_event_id,
        cause_type: notification.cause_type.clone(),
        payload: None,
        correlation: notification.correlation,
        traceparent: write.caller().traceparent.clone(),
        created_at: write.now(),
        group_key: channel.speaks_to_a_group().then(|| notification.template.clone()),
    };
    deliveries::insert(write.db(), &delivery).await?;
    Ok(())
}
