//! A new secret signs from now on; the old one signs too for a day.

use chrono::Duration;
use contracts::notifier::v1::WebhookSecretRotated;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::change_webhook::own;
use super::create_webhook::{WebhookView, WebhookWithSecret};
use super::secrets::seal_signing;
use crate::app::State;
use crate::domain::signature;
use crate::error::NotifierError;
use crate::store::webhooks::{self, Webhook};

/// How long the secret before a rotation still signs too.
const OVERLAP: Duration = Duration::hours(24);

#[tracing::instrument(name = "notifier.rotate_webhook_secret", skip_all, fields(webhook = %id))]
pub async fn rotate_webhook_secret(
    state: &State,
    caller: &Caller,
    id: Uuid,
) -> Result<WebhookWithSecret, NotifierError> {
    let secret = signature::webhook_secret(&state.ids.secret());
    let mut write = state.journal.begin(caller).await?;
    let found = own(&mut write, caller, id).await?;
    let (now, until) = (write.now(), write.now() + OVERLAP);
    let rotated = Webhook { previous_until: Some(until), changed_at: now, version: found.version + 1, ..found };
    webhooks::rotate(write.db(), &rotated, &seal_signing(state, id, &secret)?).await?;
    let event = WebhookSecretRotated { webhook_id: id.to_string(), previous_until: Some(until.into()) };
    write.record(Entry::new(&event, id, rotated.version)?);
    // The answer kept for a repeated request must not hold the secret.
    let webhook = write.commit(WebhookView::from(rotated)).await?;
    Ok(WebhookWithSecret { webhook, secret })
}
