//! Sends a message of one webhook again, whether it arrived or not.

use authz::Action;
use journal::Caller;
use uuid::Uuid;

use super::delivery_view::DeliveryView;
use super::replay_outbox_message::start_over;
use crate::app::State;
use crate::error::NotifierError;
use crate::store::{deliveries, webhooks};

#[tracing::instrument(name = "notifier.replay_webhook_delivery", skip_all, fields(webhook = %webhook, delivery = %id))]
pub async fn replay_webhook_delivery(
    state: &State,
    caller: &Caller,
    webhook: Uuid,
    id: Uuid,
) -> Result<DeliveryView, NotifierError> {
    let mut write = state.journal.begin(caller).await?;
    let owner = webhooks::lock(write.db(), webhook).await?.ok_or(NotifierError::NotFound("webhook"))?;
    authz::check(&caller.principal, write.now(), Action::WebhookWrite, &owner.resource(caller.tenant()))?;
    let found = deliveries::lock(write.db(), id).await?.filter(|found| found.webhook_id == Some(webhook));
    start_over(write, found.ok_or(NotifierError::NotFound("message"))?, &["dead", "sent"]).await
}
