//! Turns one event into the notifications that rules call for and the messages that webhooks want.

use journal::consume::Incoming;
use journal::{Caller, Write};
use kernel::OrgPath;
use serde::Serialize;
use serde_json::value::RawValue;

use super::audience::{self, Recipient};
use super::escalate_notification::Pending;
use super::setup::{self, Setup};
use super::tell::{Manner, tell};
use super::{lookups, setup::wants};
use crate::app::State;
use crate::domain::channel::ChannelKind;
use crate::domain::fields::Fields;
use crate::domain::rules::Rule;
use crate::domain::templates::Rendered;
use crate::error::NotifierError;
use crate::store::deliveries::{self, NewDelivery, Target};
use crate::store::notifications::Notification;
use crate::store::webhooks::Webhook;

/// One rendered message to one recipient.
struct Draft<'a> {
    rule: &'a Rule,
    recipient: Recipient,
    text: Rendered,
    fields: Fields,
}

#[tracing::instrument(name = "notifier.plan_notifications", skip_all, fields(event = %event.meta.event_id, kind = event.meta.type_name))]
pub async fn plan_notifications(state: &State, caller: &Caller, event: Incoming) -> Result<(), NotifierError> {
    let setup = setup::load(state, &caller.principal).await?;
    let fields = Fields::parse(&event.payload).map_err(NotifierError::Payload)?;
    let org: Option<OrgPath> = fields.text("org").and_then(|org| org.parse().ok());
    let rules: Vec<&Rule> = setup.rules.answering(&event.meta.type_name, &fields).collect();
    let webhooks: Vec<&Webhook> =
        setup.webhooks.iter().filter(|webhook| wants(webhook, &event.meta.type_name, org.as_ref())).collect();
    // Most events concern nobody: no inbox row is needed to see that again.
    if rules.is_empty() && webhooks.is_empty() {
        return Ok(());
    }
    let mut drafts = Vec::new();
    for rule in rules {
        drafts.extend(compose(state, caller, rule, &fields).await?);
    }
    let payload = webhook_payload(&event)?;
    let place = org.unwrap_or_else(OrgPath::root);

    let mut write = state.journal.begin(caller).await?;
    for draft in drafts {
        keep(&mut write, &event, &place, &setup, draft).await?;
    }
    for webhook in webhooks {
        post(&mut write, &event, webhook, &payload).await?;
    }
    Ok(write.commit(()).await?)
}

/// Asks who is meant and writes to each in their language.
async fn compose<'a>(
    state: &State,
    caller: &Caller,
    rule: &'a Rule,
    fields: &Fields,
) -> Result<Vec<Draft<'a>>, NotifierError> {
    let recipients = audience::resolve(state, caller.tenant(), rule, fields).await?;
    let fields = lookups::complete(state, caller.tenant(), &rule.template, fields.clone()).await?;
    recipients
        .into_iter()
        .map(|recipient| {
            let text = state.templates.render(&rule.template, &fields)?;
            Ok(Draft { rule, recipient, text, fields: fields.clone() })
        })
        .collect()
}

async fn keep(
    write: &mut Write,
    event: &Incoming,
    org: &OrgPath,
    setup: &Setup,
    draft: Draft<'_>,
) -> Result<(), NotifierError> {
    let Draft { rule, recipient, text, fields } = draft;
    let notification = Notification {
        id: write.new_id(),
        org: org.clone(),
        recipient_kind: recipient.kind,
        recipient_id: recipient.id,
        role: recipient.role,
        template: rule.template.clone(),
        language: recipient.language.tag().to_owned(),
        title: text.title,
        body: text.body,
        link: text.link,
        urgent: rule.urgent,
        cause_event_id: event.meta.event_id,
        cause_type: event.meta.type_name.clone(),
        correlation: event.meta.correlation,
        created_at: write.now(),
        acknowledged_at: None,
    };
    let escalate =
        rule.escalate.clone().map(|escalation| Pending { escalation, channels: rule.channels.clone(), fields });
    let manner = Manner { channels: &rule.channels, usable: &setup.usable, escalate };
    tell(write, &notification, &manner).await
}

#[derive(Serialize)]
struct WebhookBody<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: String,
    data: &'a RawValue,
}

/// The body that the specification asks for, around the event's own text.
fn webhook_payload(event: &Incoming) -> Result<String, NotifierError> {
    let data = serde_json::from_str(&event.payload).map_err(NotifierError::Payload)?;
    let timestamp = event.meta.time.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let body = WebhookBody { kind: &event.meta.type_name, timestamp, data };
    serde_json::to_string(&body).map_err(NotifierError::Payload)
}

async fn post(write: &mut Write, event: &Incoming, webhook: &Webhook, payload: &str) -> Result<(), NotifierError> {
    let delivery = NewDelivery {
        id: write.new_id(),
        tenant: write.caller().tenant().0,
        target: Target::Webhook(webhook.id),
        channel: ChannelKind::Webhook,
        fallback: Vec::new(),
        due_at: write.now(),
        cause_event_id: event.meta.event_id,
        cause_type: event.meta.type_name.clone(),
        payload: Some(payload.to_owned()),
        correlation: event.meta.correlation,
        traceparent: write.caller().traceparent.clone(),
        created_at: write.now(),
        group_key: None,
    };
    deliveries::insert(write.db(), &delivery).await?;
    Ok(())
}
