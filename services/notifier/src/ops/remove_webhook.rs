//! An endpoint goes, with its delivery log.

use contracts::notifier::v1::WebhookRemoved;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::change_webhook::own;
use crate::app::State;
use crate::error::NotifierError;
use crate::store::webhooks;

#[tracing::instrument(name = "notifier.remove_webhook", skip_all, fields(webhook = %id))]
pub async fn remove_webhook(state: &State, caller: &Caller, id: Uuid) -> Result<(), NotifierError> {
    let mut write = state.journal.begin(caller).await?;
    let found = own(&mut write, caller, id).await?;
    webhooks::delete(write.db(), id).await?;
    write.record(Entry::new(&WebhookRemoved { webhook_id: id.to_string() }, id, found.version + 1)?);
    Ok(write.commit(()).await?)
}
