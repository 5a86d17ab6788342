//! OAuth 2.0 client credentials: a short-lived token for an API key.

use chrono::Duration;

use super::identify::valid_key;
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
    let token = new_token(ACCESS_PREFIX, &state.ids);
    let expires_at = state.clock.now() + Duration::seconds(LIFETIME_SECONDS);
    let mut tx = state.journal.read_as_system().await?;
    store::access_tokens::insert(&mut tx, &hash_of(&token), row.tenant_id, row.id, expires_at).await?;
    tx.commit().await?;
    Ok(Some(token))
}
