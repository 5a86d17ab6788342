//! What one webhook was sent.

use authz::{ResourceKind, list_scope};
use journal::Caller;
use runtime::http::{Page, PageQuery};
use uuid::Uuid;

use super::delivery_view::{DeliveryView, page_of};
use crate::app::State;
use crate::error::NotifierError;
use crate::store::deliveries::Filter;
use crate::store::webhooks;

#[tracing::instrument(name = "notifier.list_webhook_deliveries", skip_all, fields(webhook = %id))]
pub async fn list_webhook_deliveries(
    state: &State,
    caller: &Caller,
    id: Uuid,
    page: &PageQuery,
) -> Result<Page<DeliveryView>, NotifierError> {
    let mut tx = state.journal.read(&caller.principal, list_scope(&caller.principal, ResourceKind::Webhook)).await?;
    webhooks::get(&mut tx, id).await?.ok_or(NotifierError::NotFound("webhook"))?;
    let before = page.cursor()?.map(|cursor| cursor.id);
    let filter = Filter { webhook: Some(id), before, ..Filter::default() };
    page_of(&mut tx, &filter, page).await
}
