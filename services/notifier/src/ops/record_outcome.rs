//! Records how one attempt ended: sent, to be tried again, taken over by another channel, or dead.

use contracts::notifier::v1::{NotificationFailed, NotificationSent};
use journal::{Caller, Entry, Write};
use kernel::Text;
use uuid::Uuid;

use super::queue_delivery::{open_channels, queue_delivery};
use super::{change_webhook, setup};
use crate::app::State;
use crate::channels::webhook::GONE;
use crate::channels::{Receipt, SendError};
use crate::domain::backoff::{self, Next};
use crate::domain::channel::ChannelKind;
use crate::error::NotifierError;
use crate::store::attempts::{self, NewAttempt};
use crate::store::claims::{Claimed, Content};
use crate::store::deliveries::{self, Outcome, Target};
use crate::store::webhooks::Webhook;
use crate::store::{notifications, webhooks};

#[tracing::instrument(name = "notifier.record_outcome", skip_all, fields(delivery = %delivery.id))]
pub async fn record_outcome(
    state: &State,
    caller: &Caller,
    delivery: &Claimed,
    outcome: Result<Receipt, SendError>,
) -> Result<(), NotifierError> {
    let mut write = state.journal.begin(caller).await?;
    match &outcome {
        Ok(receipt) => succeeded(&mut write, delivery, receipt).await?,
        Err(error) => failed(state, &mut write, delivery, error).await?,
    }
    Ok(write.commit(()).await?)
}

async fn succeeded(write: &mut Write, delivery: &Claimed, receipt: &Receipt) -> Result<(), NotifierError> {
    let now = write.now();
    let sent = Outcome {
        state: "sent",
        next_attempt_at: now,
        last_error: None,
        receipt: receipt.reference.as_deref(),
        finished_at: Some(now),
    };
    log(write, delivery, "sent", receipt.status, receipt.excerpt.as_deref()).await?;
    if !deliveries::conclude(write.db(), delivery.id, delivery.attempts, &sent).await? {
        return Ok(());
    }
    let (aggregate, version) = next_version(write, delivery).await?;
    let (template, recipient, role) = match &delivery.content {
        Content::Notification(letter) => (letter.template.clone(), letter.recipient_id, letter.role.clone()),
        Content::Webhook(post) => (delivery.cause_type.clone(), post.webhook_id, String::new()),
    };
    let event = NotificationSent {
        notification_id: aggregate.to_string(),
        cause_event_id: delivery.cause_event_id.to_string(),
        template,
        recipient_id: recipient.to_string(),
        role,
        channel: delivery.channel.as_str().into(),
    };
    write.record(Entry::new(&event, aggregate, version)?);
    Ok(())
}

async fn failed(state: &State, write: &mut Write, delivery: &Claimed, error: &SendError) -> Result<(), NotifierError> {
    log(write, delivery, error.code, error.status, error.excerpt.as_deref()).await?;
    let open = fallback(state, write, delivery).await?;
    let next = backoff::after_failure(delivery.attempts, error.retryable, !open.is_empty());
    let (now, reason) = (write.now(), error.to_string());
    let (name, next_attempt_at, finished_at) = match next {
        Next::RetryAfter(pause) => ("queued", now + pause, None),
        Next::FallBack => ("fell_back", now, Some(now)),
        Next::GiveUp => ("dead", now, Some(now)),
    };
    let outcome = Outcome { state: name, next_attempt_at, last_error: Some(&reason), receipt: None, finished_at };
    if !deliveries::conclude(write.db(), delivery.id, delivery.attempts, &outcome).await? {
        return Ok(());
    }
    if error.code == GONE
        && let Target::Webhook(id) = delivery.target
    {
        switch_off(write, id).await?;
    }
    match next {
        Next::RetryAfter(_) => Ok(()),
        Next::FallBack => {
            record_failure(write, delivery, error).await?;
            hand_over(state, write, delivery, &open).await
        }
        Next::GiveUp => record_failure(write, delivery, error).await,
    }
}

/// An endpoint that is gone for good hears of nothing any more.
async fn switch_off(write: &mut Write, id: Uuid) -> Result<(), NotifierError> {
    let found = webhooks::lock(write.db(), id).await?.filter(|found| found.enabled);
    let Some(found) = found else { return Ok(()) };
    let off = Webhook { enabled: false, changed_at: write.now(), version: found.version + 1, ..found };
    let entry = change_webhook::save(write, &off).await?;
    write.record(
        entry
            .change("on", "off")
            .why(Text::new("对方地址已失效（410）", "the endpoint answered that it is gone (410)")),
    );
    Ok(())
}

/// The channels that could take over.
async fn fallback(state: &State, write: &mut Write, delivery: &Claimed) -> Result<Vec<ChannelKind>, NotifierError> {
    let Content::Notification(letter) = &delivery.content else { return Ok(Vec::new()) };
    let usable = setup::usable(state, write.db(), delivery.tenant).await?;
    let recipient = (letter.recipient_kind, letter.recipient_id);
    let (open, _) = open_channels(write.db(), delivery.tenant.0, recipient, &delivery.fallback, &usable).await?;
    Ok(open)
}

/// Queues on the next channel. When a group was not reached, everybody who was meant is told one by one.
async fn hand_over(
    state: &State,
    write: &mut Write,
    delivery: &Claimed,
    open: &[ChannelKind],
) -> Result<(), NotifierError> {
    let Target::Notification(id) = delivery.target else { return Ok(()) };
    let usable = setup::usable(state, write.db(), delivery.tenant).await?;
    let meant = if delivery.channel.speaks_to_a_group() {
        notifications::same_cause(write.db(), id).await?
    } else {
        notifications::get(write.db(), id).await?.into_iter().collect()
    };
    for notification in &meant {
        queue_delivery(write, notification, open, &usable).await?;
    }
    Ok(())
}

async fn record_failure(write: &mut Write, delivery: &Claimed, error: &SendError) -> Result<(), NotifierError> {
    let (aggregate, version) = next_version(write, delivery).await?;
    let event = NotificationFailed {
        notification_id: aggregate.to_string(),
        channel: delivery.channel.as_str().into(),
        attempts: u32::try_from(delivery.attempts).unwrap_or(0),
        reason: error.to_string(),
    };
    write.record(Entry::new(&event, aggregate, version)?);
    Ok(())
}

/// The aggregate is the notification; a webhook's delivery is one of its own.
async fn next_version(write: &mut Write, delivery: &Claimed) -> Result<(Uuid, i64), NotifierError> {
    match delivery.target {
        Target::Notification(id) => Ok((id, notifications::next_version(write.db(), id).await?)),
        Target::Webhook(_) => Ok((delivery.id, deliveries::next_version(write.db(), delivery.id).await?)),
    }
}

async fn log(
    write: &mut Write,
    delivery: &Claimed,
    outcome: &str,
    status: Option<u16>,
    excerpt: Option<&str>,
) -> Result<(), NotifierError> {
    let attempt = NewAttempt {
        id: write.new_id(),
        tenant: delivery.tenant.0,
        delivery_id: delivery.id,
        at: write.now(),
        outcome,
        status,
        excerpt,
    };
    Ok(attempts::insert(write.db(), &attempt).await?)
}
