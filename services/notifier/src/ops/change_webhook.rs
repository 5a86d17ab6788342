//! An endpoint gets another address or other events, or is switched on or off.

use authz::Action;
use contracts::notifier::v1::WebhookChanged;
use journal::{Caller, Entry, Write};
use uuid::Uuid;

use super::create_webhook::{WebhookBody, WebhookView, check};
use crate::app::State;
use crate::error::NotifierError;
use crate::store::webhooks::{self, Webhook};

#[tracing::instrument(name = "notifier.change_webhook", skip_all, fields(webhook = %id))]
pub async fn change_webhook(
    state: &State,
    caller: &Caller,
    id: Uuid,
    body: WebhookBody,
) -> Result<WebhookView, NotifierError> {
    check(state, &body)?;
    let mut write = state.journal.begin(caller).await?;
    let found = own(&mut write, caller, id).await?;
    let before = said_of(&found);
    let changed = Webhook {
        url: body.url,
        description: body.description,
        event_types: body.event_types,
        enabled: body.enabled,
        changed_at: write.now(),
        version: found.version + 1,
        ..found
    };
    let entry = save(&mut write, &changed).await?;
    write.record(entry.change(before, said_of(&changed)).personal("url", changed.url.as_str()));
    Ok(write.commit(changed.into()).await?)
}

/// The row; answers the evidence of it.
pub async fn save(write: &mut Write, changed: &Webhook) -> Result<Entry, NotifierError> {
    webhooks::save(write.db(), changed).await?;
    let event = WebhookChanged {
        webhook_id: changed.id.to_string(),
        event_types: changed.event_types.clone(),
        enabled: changed.enabled,
    };
    Ok(Entry::new(&event, changed.id, changed.version)?)
}

fn said_of(webhook: &Webhook) -> String {
    format!("{}: {}", if webhook.enabled { "on" } else { "off" }, webhook.event_types.join(", "))
}

/// The webhook, locked, when the caller may change it.
pub async fn own(write: &mut Write, caller: &Caller, id: Uuid) -> Result<Webhook, NotifierError> {
    let found = webhooks::lock(write.db(), id).await?.ok_or(NotifierError::NotFound("webhook"))?;
    authz::check(&caller.principal, write.now(), Action::WebhookWrite, &found.resource(caller.tenant()))?;
    Ok(found)
}
