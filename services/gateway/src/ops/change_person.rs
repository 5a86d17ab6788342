//! Changing what is known about somebody, and letting them leave.

use authz::{Action, Resource, ResourceKind};
use contracts::Event;
use contracts::gateway::v1::{PasswordChanged, PersonChanged};
use journal::{Caller, Entry, Write};
use kernel::{OrgPath, Role};
use runtime::http::IfMatch;
use serde::Deserialize;
use uuid::Uuid;

use super::add_person::{keeping_no_password, require_org_unit, with_personal};
use super::people::{PersonView, resource, view};
use super::session::record_ended;
use crate::State;
use crate::domain::language::Language;
use crate::domain::passwords;
use crate::domain::person::{Person, Profile};
use crate::error::{GatewayError, Thing};
use crate::store;

/// What to change; what is absent stays. An empty text takes contact data away.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    pub name: Option<String>,
    pub org: Option<OrgPath>,
    pub roles: Option<Vec<Role>>,
    pub login: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Option<Language>,
    /// False ends every session; the person stays in the directory because evidence refers to them.
    pub active: Option<bool>,
    /// Sets a new password and ends every session.
    pub password: Option<String>,
}

impl PersonChange {
    fn apply(self, before: &Profile) -> Profile {
        Profile {
            name: self.name.unwrap_or_else(|| before.name.clone()),
            org: self.org.unwrap_or_else(|| before.org.clone()),
            roles: self.roles.unwrap_or_else(|| before.roles.clone()),
            login: self.login.or_else(|| before.login.clone()),
            email: self.email.or_else(|| before.email.clone()),
            phone: self.phone.or_else(|| before.phone.clone()),
            language: self.language.unwrap_or(before.language),
            active: self.active.unwrap_or(before.active),
        }
        .tidied()
    }
}

#[tracing::instrument(name = "gateway.change_person", skip_all, fields(person = %id))]
pub async fn change_person(
    state: &State,
    caller: &Caller,
    id: Uuid,
    seen: IfMatch,
    mut change: PersonChange,
) -> Result<PersonView, GatewayError> {
    let hash = new_hash(state, caller, change.password.take()).await?;
    let mut write = state.journal.begin(&keeping_no_password(caller, hash.is_some())).await?;
    let now = write.now();
    let person = store::people::lock(write.db(), caller.tenant(), id).await?;
    let mut person = person.ok_or(GatewayError::NotFound(Thing::Person))?;
    authz::check(&caller.principal, now, Action::PersonWrite, &resource(&person))?;
    seen.check(person.version)?;
    let before = person.profile.clone();
    person.profile = change.apply(&before);
    let faults = person.profile.faults();
    if !faults.is_empty() {
        return Err(GatewayError::Invalid(faults));
    }
    if person.profile.org != before.org {
        require_org_unit(&mut write, &person.profile.org.clone()).await?;
    }
    if person.profile != before {
        record_change(&mut write, &mut person, &before).await?;
    }
    if let Some(hash) = &hash {
        store::people::set_password(write.db(), id, hash, now).await?;
        record_about(&mut write, &mut person, &PasswordChanged { person_id: id.to_string() }).await?;
    }
    if hash.is_some() || !person.profile.active {
        let ended = store::sessions::end_all_of(write.db(), id, None).await?;
        let reason = if person.profile.active { "password_changed" } else { "deactivated" };
        record_ended(&mut write, id, &ended, reason)?;
    }
    let changed = view(&caller.principal, now, person);
    Ok(write.commit(changed).await?)
}

/// The row and its evidence.
async fn record_change(write: &mut Write, person: &mut Person, before: &Profile) -> Result<(), GatewayError> {
    let now = write.now();
    person.version += 1;
    store::people::update(write.db(), person, now).await?;
    let event = PersonChanged {
        person_id: person.id.to_string(),
        org: person.profile.org.to_string(),
        roles: person.role_names(),
        active: person.profile.active,
    };
    let entry = Entry::new(&event, person.id, person.version)?.change(place_of(before), place_of(&person.profile));
    write.record(with_personal(entry, &person.profile));
    Ok(())
}

/// What somebody may do and where, without saying who it is.
fn place_of(profile: &Profile) -> String {
    let roles: Vec<&str> = profile.roles.iter().map(|role| role.as_str()).collect();
    let active = if profile.active { "active" } else { "inactive" };
    format!("{} at {}, {active}", roles.join(", "), profile.org)
}

/// One more thing that happened to a person and leaves the profile as it is.
pub(crate) async fn record_about<E: Event>(
    write: &mut Write,
    person: &mut Person,
    event: &E,
) -> Result<(), GatewayError> {
    let now = write.now();
    person.version += 1;
    store::people::update(write.db(), person, now).await?;
    write.record(Entry::new(event, person.id, person.version)?);
    Ok(())
}

/// Hashing takes long: it is done before the transaction, and only for those who may.
async fn new_hash(state: &State, caller: &Caller, password: Option<String>) -> Result<Option<String>, GatewayError> {
    let Some(password) = password else { return Ok(None) };
    let people = Resource::tenant_wide(ResourceKind::Person, caller.tenant());
    authz::check(&caller.principal, state.clock.now(), Action::PersonWrite, &people)?;
    let faults = passwords::faults("password", &password);
    if !faults.is_empty() {
        return Err(GatewayError::Invalid(faults));
    }
    state.passwords.hash(password).await.map(Some)
}
