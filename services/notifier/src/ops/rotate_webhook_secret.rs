//! A new secret signs from now on; the old one signs too for a day.

use chrono::Duration;
use journal::Caller;
use uuid::Uuid;

use super::change_webhook::own;
use super::create_webhook::WebhookWithSecret;
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
    let now = write.now();
    webhooks::rotate(write.db(), id, &secret, now + OVERLAP, now).await?;
    let rotated = Webhook { previous_until: Some(now + OVERLAP), changed_at: now, ..found };
    Ok(write.commit(WebhookWithSecret { webhook: rotated.into(), secret }).await?)
}
