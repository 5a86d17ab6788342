//! The webhooks one may see.

use authz::{Action, ResourceKind, list_scope};
use journal::Caller;
use uuid::Uuid;

use super::create_webhook::WebhookView;
use crate::app::State;
use crate::error::NotifierError;
use crate::store::webhooks;

#[tracing::instrument(name = "notifier.list_webhooks", skip_all)]
pub async fn list_webhooks(state: &State, caller: &Caller) -> Result<Vec<WebhookView>, NotifierError> {
    let mut tx = state.journal.read(&caller.principal, list_scope(&caller.principal, ResourceKind::Webhook)).await?;
    Ok(webhooks::all(&mut tx).await?.into_iter().map(WebhookView::from).collect())
}

#[tracing::instrument(name = "notifier.get_webhook", skip_all, fields(webhook = %id))]
pub async fn get_webhook(state: &State, caller: &Caller, id: Uuid) -> Result<WebhookView, NotifierError> {
    let mut tx = state.journal.read(&caller.principal, list_scope(&caller.principal, ResourceKind::Webhook)).await?;
    let found = webhooks::get(&mut tx, id).await?.ok_or(NotifierError::NotFound("webhook"))?;
    authz::check(&caller.principal, state.clock.now(), Action::WebhookRead, &found.resource(caller.tenant()))?;
    Ok(found.into())
}
