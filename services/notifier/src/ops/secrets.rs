//! Secrets are sealed for one owner before they are stored, and opened when they are used.

use kernel::TenantId;
use kernel::id::derived_id;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::app::State;
use crate::domain::channel::ChannelKind;
use crate::domain::providers::join;
use crate::error::NotifierError;
use crate::store::channel_settings::ChannelRow;

/// For whom the secrets of a tenant's channel are sealed.
fn owner_of(tenant: TenantId, kind: ChannelKind) -> Uuid {
    derived_id(tenant.0, &format!("channel/{kind}"))
}

/// None when there are none.
pub fn seal_settings(
    state: &State,
    tenant: TenantId,
    kind: ChannelKind,
    secrets: Map<String, Value>,
) -> Result<Option<Vec<u8>>, NotifierError> {
    if secrets.is_empty() {
        return Ok(None);
    }
    let text = Value::Object(secrets).to_string();
    Ok(Some(state.sealing.seal(owner_of(tenant, kind), text.as_bytes())?))
}

/// A channel's settings, secrets included.
pub fn whole_settings(state: &State, tenant: TenantId, row: &ChannelRow) -> Result<Value, NotifierError> {
    let Some(sealed) = &row.sealed else { return Ok(row.settings.clone()) };
    let text = state.sealing.open(owner_of(tenant, row.channel), sealed)?;
    let secrets = serde_json::from_slice(&text).map_err(|error| NotifierError::Corrupt(error.to_string()))?;
    Ok(join(row.settings.clone(), secrets))
}

/// As [`whole_settings`]; without secrets that do not open, so that they can be given anew.
pub fn known_settings(state: &State, tenant: TenantId, row: &ChannelRow) -> Value {
    whole_settings(state, tenant, row).unwrap_or_else(|error| {
        tracing::warn!(channel = %row.channel, %error, "channel: its secrets cannot be opened; set it up again");
        row.settings.clone()
    })
}

/// Seals a webhook's signing secret.
pub fn seal_signing(state: &State, webhook: Uuid, secret: &str) -> Result<Vec<u8>, NotifierError> {
    Ok(state.sealing.seal(webhook, secret.as_bytes())?)
}

pub fn open_signing(state: &State, webhook: Uuid, sealed: &[u8]) -> Result<String, NotifierError> {
    let secret = state.sealing.open(webhook, sealed)?;
    String::from_utf8(secret).map_err(|error| NotifierError::Corrupt(error.to_string()))
}
