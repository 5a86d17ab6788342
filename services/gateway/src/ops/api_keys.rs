//! Showing API keys. Their secrets cannot be shown: only hashes are kept.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::{OrgPath, Role, Scope};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::State;
use crate::error::GatewayError;
use crate::store;
use crate::store::api_keys::ApiKeyRow;

#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ApiKeyView {
    pub id: Uuid,
    /// The part of the key that tells it from others: `slk_<public id>`.
    pub prefix: String,
    pub name: String,
    pub role: Role,
    pub org: OrgPath,
    pub issued_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
}

impl TryFrom<ApiKeyRow> for ApiKeyView {
    type Error = GatewayError;

    fn try_from(row: ApiKeyRow) -> Result<Self, GatewayError> {
        Ok(Self {
            id: row.id,
            prefix: prefix_of(&row.public_id),
            name: row.name,
            role: row.role.parse().map_err(|why| GatewayError::damaged("API key", why))?,
            org: row.org.parse().map_err(|why| GatewayError::damaged("API key", why))?,
            issued_at: row.issued_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
            last_used_at: row.last_used_at,
        })
    }
}

pub(crate) fn prefix_of(public_id: &str) -> String {
    format!("{}{public_id}", crate::domain::secret::API_KEY_PREFIX)
}

pub(crate) fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), GatewayError> {
    let keys = Resource::tenant_wide(ResourceKind::ApiKey, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), action, &keys)?)
}

/// Every key of the tenant, newest first, revoked ones included.
pub async fn list_api_keys(state: &State, caller: &Caller) -> Result<Vec<ApiKeyView>, GatewayError> {
    allow(state, caller, Action::ApiKeyRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    store::api_keys::all(&mut tx).await?.into_iter().map(ApiKeyView::try_from).collect()
}
