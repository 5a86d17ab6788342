//! The organisation tree.

use authz::{Action, Resource, ResourceKind};
use contracts::gateway::v1::{OrgUnitAdded, OrgUnitChanged, OrgUnitRemoved};
use journal::{Caller, Entry, Write};
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
    if let Some(parent) = unit.parent()
        && !store::org_units::exists(write.db(), tenant, &parent).await?
    {
        let reason = Text::new("上级组织节点不存在", "the unit above it does not exist");
        return Err(GatewayError::Invalid(vec![FieldError::new("path", "unknown_parent", reason)]));
    }
    if !insert(&mut write, &unit).await? {
        return Err(GatewayError::Taken(Unique::OrgUnit));
    }
    Ok(write.commit(unit).await?)
}

/// The row and its evidence; false when the path is there already.
pub(crate) async fn insert(write: &mut Write, unit: &OrgUnit) -> Result<bool, GatewayError> {
    let (id, tenant, now) = (write.new_id(), write.caller().tenant().0, write.now());
    if !store::org_units::insert(write.db(), tenant, id, unit, now).await? {
        return Ok(false);
    }
    let event = OrgUnitAdded {
        org_unit_id: id.to_string(),
        path: unit.path.to_string(),
        kind: unit.kind.as_str().to_owned(),
        name: unit.name.clone(),
    };
    write.record(Entry::new(&event, id, 1)?);
    Ok(true)
}

/// Changes name and kind; the path is what everything refers to and stays.
#[tracing::instrument(name = "gateway.change_org_unit", skip_all, fields(path = %unit.path))]
pub async fn change_org_unit(state: &State, caller: &Caller, unit: OrgUnit) -> Result<OrgUnit, GatewayError> {
    allow(state, caller, Action::PersonWrite)?;
    check(&unit)?;
    let mut write = state.journal.begin(caller).await?;
    let kept = store::org_units::lock(write.db(), caller.tenant().0, &unit.path).await?;
    let kept = kept.ok_or(GatewayError::NotFound(Thing::OrgUnit))?;
    if kept.unit != unit {
        let version = kept.version + 1;
        store::org_units::update(write.db(), kept.id, version, &unit).await?;
        let event = OrgUnitChanged {
            org_unit_id: kept.id.to_string(),
            path: unit.path.to_string(),
            kind: unit.kind.as_str().to_owned(),
            name: unit.name.clone(),
        };
        write.record(Entry::new(&event, kept.id, version)?.change(said_of(&kept.unit), said_of(&unit)));
    }
    Ok(write.commit(unit).await?)
}

#[tracing::instrument(name = "gateway.remove_org_unit", skip_all, fields(path = %path))]
pub async fn remove_org_unit(state: &State, caller: &Caller, path: OrgPath) -> Result<(), GatewayError> {
    allow(state, caller, Action::PersonWrite)?;
    let tenant = caller.tenant().0;
    let mut write = state.journal.begin(caller).await?;
    let kept = store::org_units::lock(write.db(), tenant, &path).await?;
    let kept = kept.ok_or(GatewayError::NotFound(Thing::OrgUnit))?;
    if path == OrgPath::root() || store::org_units::in_use(write.db(), tenant, &path).await? {
        return Err(GatewayError::OrgUnitInUse);
    }
    store::org_units::delete(write.db(), kept.id).await?;
    let event = OrgUnitRemoved { org_unit_id: kept.id.to_string(), path: path.to_string() };
    write.record(Entry::new(&event, kept.id, kept.version + 1)?);
    Ok(write.commit(()).await?)
}

/// What can change of a unit.
fn said_of(unit: &OrgUnit) -> String {
    format!("{} {}", unit.kind.as_str(), unit.name)
}

fn check(unit: &OrgUnit) -> Result<(), GatewayError> {
    let faults = unit.faults();
    if faults.is_empty() { Ok(()) } else { Err(GatewayError::Invalid(faults)) }
}
