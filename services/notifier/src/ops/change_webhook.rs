//! An endpoint gets another address or other events, or is switched on or off.

use authz::Action;
use journal::{Caller, Write};
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
    let changed = Webhook {
        url: body.url,
        description: body.description,
        event_types: body.event_types,
        enabled: body.enabled,
        changed_at: write.now(),
        ..found
    };
    webhooks::save(write.db(), &changed).await?;
    Ok(write.commit(changed.into()).await?)
}

/// The webhook, locked, when the caller may change it.
pub async fn own(write: &mut Write, caller: &Caller, id: Uuid) -> Result<Webhook, NotifierError> {
    let found = webhooks::lock(write.db(), id).await?.ok_or(NotifierError::NotFound("webhook"))?;
    authz::check(&caller.principal, write.now(), Action::WebhookWrite, &found.resource(caller.tenant()))?;
    Ok(found)
}
