//! Issuing an API key.

use authz::Action;
use chrono::{DateTime, Utc};
use contracts::gateway::v1::ApiKeyIssued;
use journal::{Caller, Entry, Write};
use kernel::{FieldError, OrgPath, Role, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::add_person::require_org_unit;
use super::api_keys::{ApiKeyView, allow, prefix_of};
use crate::State;
use crate::domain::secret::ApiKey;
use crate::error::GatewayError;
use crate::store;
use crate::store::api_keys::NewApiKey;

/// A key for another system.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRequest {
    /// What uses it.
    #[schema(max_length = 100)]
    pub name: String,
    #[serde(default = "dealer")]
    pub role: Role,
    pub org: OrgPath,
    /// Never, when absent.
    pub expires_at: Option<DateTime<Utc>>,
}

fn dealer() -> Role {
    Role::Dealer
}

/// An issued key. A repeated request with the same Idempotency-Key is answered without `key`.
#[derive(Serialize, utoipa::ToSchema)]
pub struct IssuedKey {
    /// The whole key, shown this once.
    pub key: String,
    #[serde(flatten)]
    pub api_key: ApiKeyView,
}

#[tracing::instrument(name = "gateway.issue_api_key", skip_all)]
pub async fn issue_api_key(state: &State, caller: &Caller, input: KeyRequest) -> Result<IssuedKey, GatewayError> {
    allow(state, caller, Action::ApiKeyWrite)?;
    let mut write = state.journal.begin(caller).await?;
    check(&input, write.now())?;
    require_org_unit(&mut write, &input.org).await?;
    let key = ApiKey::new(&state.ids);
    let id = write.new_id();
    insert(&mut write, id, &key, &input).await?;
    let view = ApiKeyView {
        id,
        prefix: prefix_of(&key.public_id),
        name: input.name,
        role: input.role,
        org: input.org,
        issued_at: write.now(),
        expires_at: input.expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    // The answer kept for a repeated request must not hold the secret.
    let api_key = write.commit(view).await?;
    Ok(IssuedKey { key: key.text(), api_key })
}

fn check(input: &KeyRequest, now: DateTime<Utc>) -> Result<(), GatewayError> {
    let mut faults = Vec::new();
    if input.name.trim().is_empty() {
        faults.push(FieldError::required("name"));
    }
    if input.name.chars().count() > 100 {
        faults.push(FieldError::new("name", "too_long", Text::new("不超过 100 个字", "takes at most 100 characters")));
    }
    if input.role == Role::Service {
        let reason = Text::new("此角色只属于系统服务", "this role belongs to Sluice's own services");
        faults.push(FieldError::new("role", "not_assignable", reason));
    }
    if input.expires_at.is_some_and(|until| until <= now) {
        faults.push(FieldError::new("expires_at", "in_the_past", Text::new("须晚于现在", "must be in the future")));
    }
    if faults.is_empty() { Ok(()) } else { Err(GatewayError::Invalid(faults)) }
}

/// The row and its evidence; false when a key with this public id exists.
pub(crate) async fn insert(
    write: &mut Write,
    id: Uuid,
    key: &ApiKey,
    input: &KeyRequest,
) -> Result<bool, GatewayError> {
    let (now, tenant_id, issued_by) = (write.now(), write.caller().tenant().0, write.caller().principal.id);
    let row = NewApiKey {
        id,
        tenant_id,
        public_id: &key.public_id,
        secret_hash: key.secret_hash(),
        name: &input.name,
        role: input.role.as_str(),
        org: input.org.as_str(),
        issued_by,
        now,
        expires_at: input.expires_at,
    };
    if !store::api_keys::insert(write.db(), &row).await? {
        return Ok(false);
    }
    let event = ApiKeyIssued {
        api_key_id: id.to_string(),
        prefix: prefix_of(&key.public_id),
        role: input.role.as_str().to_owned(),
        org: input.org.to_string(),
    };
    write.record(Entry::new(&event, id, 1)?);
    Ok(true)
}
