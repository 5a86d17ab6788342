//! The organisation tree.

use authz::{Action, Resource, ResourceKind};
use journal::Caller;
use kernel::{FieldError, OrgPath, Scope, Text};

use crate::State;
use crate::domain::org_unit::OrgUnit;
use crate::error::{GatewayError, Thing, Unique};
use crate::store;

fn allow(state: &State, caller: &Caller, action: Action) -> Result<(), GatewayError> {
    let people = Resource::tenant_wide(ResourceKind::Person, caller.tenant());
    Ok(authz::check(&caller.principal, state.clock.now(), action, &people)?)
}

/// The whole tree, parents before children.
pub async fn list_org_units(state: &State, caller: &Caller) -> Result<Vec<OrgUnit>, GatewayError> {
    allow(state, caller, Action::PersonRead)?;
    let mut tx = state.journal.read(&caller.principal, Scope::All).await?;
    store::org_units::all(&mut tx).await
}

#[tracing::instrument(name = "gateway.add_org_unit", skip_all, fields(path = %unit.path))]
pub async fn add_org_unit(state: &State, caller: &Caller, unit: OrgUnit) -> Result<OrgUnit, GatewayError> {
    allow(state, caller, Action::PersonWrite)?;
    check(&unit)?;
    let tenant = caller.tenant().0;
    let mut write = state.journal.begin(caller).await?;
    let now = write.now();
    if let Some(parent) = unit.parent()
        && !store::org_units::exists(write.db(), tenant, &parent).await?
    {
        let reason = Text::new("上级组织节点不存在", "the unit above it does not exist");
        return Err(GatewayError::Invalid(vec![FieldError::new("path", "unknown_parent", reason)]));
    }
    if !store::org_units::insert(write.db(), tenant, &unit, now).await? {
        return Err(GatewayError::Taken(Unique::OrgUnit));
    }
    Ok(write.commit(unit).await?)
}

/// Changes name and kind; the path is what everything refers to and stays.
#[tracing::instrument(name = "gateway.change_org_unit", skip_all, fields(path = %unit.path))]
pub async fn change_org_unit(state: &State, caller: &Caller, unit: OrgUnit) -> Result<OrgUnit, GatewayError> {
    allow(state, caller, Action::PersonWrite)?;
    check(&unit)?;
    let mut write = state.journal.begin(caller).await?;
    if !store::org_units::update(write.db(), caller.tenant().0, &unit).await? {
        return Err(GatewayError::NotFound(Thing::OrgUnit));
    }
    Ok(write.commit(unit).await?)
}

#[tracing::instrument(name = "gateway.remove_org_unit", skip_all, fields(path = %path))]
pub async fn remove_org_unit(state: &State, caller: &Caller, path: OrgPath) -> Result<(), GatewayError> {
    allow(state, caller, Action::PersonWrite)?;
    let tenant = caller.tenant().0;
    let mut write = state.journal.begin(caller).await?;
    if !store::org_units::exists(write.db(), tenant, &path).await? {
        return Err(GatewayError::NotFound(Thing::OrgUnit));
    }
    if path == OrgPath::root() || store::org_units::in_use(write.db(), tenant, &path).await? {
        return Err(GatewayError::OrgUnitInUse);
    }
    store::org_units::delete(write.db(), tenant, &path).await?;
    Ok(write.commit(()).await?)
}

fn check(unit: &OrgUnit) -> Result<(), GatewayError> {
    let faults = unit.faults();
    if faults.is_empty() { Ok(()) } else { Err(GatewayError::Invalid(faults)) }
}
