//! Operations set how far each role may go below list price; everybody who quotes may look.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::quote_contract::v1::DiscountAuthoritySet;
use journal::{Caller, Entry};
use kernel::Principal;
use kernel::id::derived_id;
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::State;
use crate::domain::authority::Authority;
use crate::error::Error;
use crate::store::authorities::{self, SetAuthority};

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct AuthorityView {
    /// 0: nobody has set one, the configuration's holds.
    pub number: i32,
    #[serde(flatten)]
    pub limits: Authority,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_by: Option<Uuid>,
}

/// The authority in force: the tenant's own, else the configured one.
pub async fn in_force(state: &State, db: &mut PgConnection, principal: &Principal) -> Result<AuthorityView, Error> {
    let set = authorities::current(db, principal.tenant).await?;
    Ok(match set {
        Some(set) => {
            AuthorityView { number: set.number, limits: set.limits, set_at: Some(set.set_at), set_by: Some(set.set_by) }
        }
        None => AuthorityView { number: 0, limits: state.config.authority.clone(), set_at: None, set_by: None },
    })
}

pub async fn get_authority(state: &State, principal: &Principal) -> Result<AuthorityView, Error> {
    let catalogue = Resource::tenant_wide(ResourceKind::Product, principal.tenant);
    authz::check(principal, state.clock.now(), Action::ProductRead, &catalogue)?;
    let mut tx = state.journal.read(principal, authz::list_scope(principal, ResourceKind::Product)).await?;
    in_force(state, &mut tx, principal).await
}

#[tracing::instrument(name = "quote_contract.set_authority", skip_all)]
pub async fn set_authority(state: &State, caller: &Caller, limits: Authority) -> Result<AuthorityView, Error> {
    let mut write = state.journal.begin(caller).await?;
    let tenant = caller.tenant();
    let definitions = Resource::tenant_wide(ResourceKind::ProcessDefinition, tenant);
    authz::check(&caller.principal, write.now(), Action::ProcessDefinitionPublish, &definitions)?;
    let faults = limits.faults();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let before = in_force(state, write.db(), &caller.principal).await?;
    let set = SetAuthority { number: before.number + 1, limits, set_at: write.now(), set_by: caller.principal.id };
    let id = derived_id(tenant.0, "discount authority");
    authorities::insert(write.db(), tenant, id, &set).await.map_err(overtaken)?;
    let event = DiscountAuthoritySet { authority_id: id.to_string(), number: set.number };
    let (from, to) = (as_text(&before.limits)?, as_text(&set.limits)?);
    write.record(Entry::new(&event, id, i64::from(set.number))?.change(from, to));
    let view =
        AuthorityView { number: set.number, limits: set.limits, set_at: Some(set.set_at), set_by: Some(set.set_by) };
    Ok(write.commit(view).await?)
}

fn as_text(limits: &Authority) -> Result<String, Error> {
    serde_json::to_string(limits).map_err(|error| Error::Corrupt("authority", error.to_string()))
}

/// Two people set it at once: the second one's number is taken.
fn overtaken(error: sqlx::Error) -> Error {
    match error.as_database_error() {
        Some(inner) if inner.is_unique_violation() => journal::JournalError::Overtaken.into(),
        _ => error.into(),
    }
}
