//! OAuth 2.0 client credentials: a short-lived token for an API key.

use chrono::Duration;
use contracts::gateway::v1::AccessTokenIssued;
use journal::Entry;

use super::identify::{client, valid_key};
use super::session::recognised;
use crate::State;
use crate::domain::secret::{ACCESS_PREFIX, ApiKey, hash_of, new_token};
use crate::error::GatewayError;
use crate::store;

/// Seconds that an access token counts.
pub const LIFETIME_SECONDS: i64 = 900;

/// None when the key is unknown, its secret wrong, or it no longer counts.
#[tracing::instrument(name = "gateway.issue_access_token", skip_all)]
pub async fn issue_access_token(state: &State, key: &ApiKey) -> Result<Option<String>, GatewayError> {
    let Some(row) = valid_key(state, key).await? else { return Ok(None) };
    let mut write = state.journal.begin(&recognised(state, client(&row)?.principal)).await?;
    let now = write.now();
    let row = store::api_keys::lock(write.db(), row.tenant_id, row.id).await?;
    let Some(row) = row.filter(|row| row.counts(now)) else { return Ok(None) };
    let token = new_token(ACCESS_PREFIX, &state.ids);
    let (expires_at, version) = (now + Duration::seconds(LIFETIME_SECONDS), row.version + 1);
    store::access_tokens::insert(write.db(), &hash_of(&token), row.tenant_id, row.id, expires_at).await?;
    store::api_keys::advance(write.db(), row.id, version).await?;
    let event = AccessTokenIssued { api_key_id: row.id.to_string(), expires_at: Some(expires_at.into()) };
    write.record(Entry::new(&event, row.id, version)?);
    write.commit(()).await?;
    Ok(Some(token))
}
