//! Revoking an API key: it stops counting as soon as caches have forgotten it.

use authz::Action;
use contracts::gateway::v1::ApiKeyRevoked;
use journal::{Caller, Entry};
use uuid::Uuid;

use super::api_keys::{ApiKeyView, allow};
use crate::State;
use crate::error::{GatewayError, Thing};
use crate::store;

/// Revoking a revoked key changes nothing.
#[tracing::instrument(name = "gateway.revoke_api_key", skip_all, fields(api_key = %id))]
pub async fn revoke_api_key(state: &State, caller: &Caller, id: Uuid) -> Result<ApiKeyView, GatewayError> {
    allow(state, caller, Action::ApiKeyWrite)?;
    let mut write = state.journal.begin(caller).await?;
    let row = store::api_keys::lock(write.db(), caller.tenant().0, id).await?;
    let mut row = row.ok_or(GatewayError::NotFound(Thing::ApiKey))?;
    if row.revoked_at.is_none() {
        let now = write.now();
        (row.revoked_at, row.version) = (Some(now), row.version + 1);
        store::api_keys::revoke(write.db(), id, row.version, now).await?;
        write.record(Entry::new(&ApiKeyRevoked { api_key_id: id.to_string() }, id, row.version)?);
    }
    let view = ApiKeyView::try_from(row)?;
    Ok(write.commit(view).await?)
}
