//! Adding somebody to the directory.

use authz::{Action, Resource, ResourceKind};
use contracts::gateway::v1::PersonAdded;
use journal::{Caller, Entry, Write};
use kernel::{FieldError, OrgPath, Role, Text};
use serde::Deserialize;

use super::people::{PersonView, view};
use super::session::unrepeatable;
use crate::State;
use crate::domain::language::Language;
use crate::domain::passwords;
use crate::domain::person::{Person, Profile};
use crate::error::GatewayError;
use crate::store;

/// Somebody new.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    #[schema(max_length = 100)]
    pub name: String,
    pub org: OrgPath,
    pub roles: Vec<Role>,
    pub login: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    #[serde(default)]
    pub language: Language,
    /// For sign-in with the built-in directory: 10 to 200 characters. Nothing about a request with a password is kept:
    /// repeated with the same Idempotency-Key it finds the login taken.
    pub password: Option<String>,
}

#[tracing::instrument(name = "gateway.add_person", skip_all)]
pub async fn add_person(state: &State, caller: &Caller, input: NewPerson) -> Result<PersonView, GatewayError> {
    let place = Resource::unowned(ResourceKind::Person, caller.tenant(), input.org.clone());
    authz::check(&caller.principal, state.clock.now(), Action::PersonWrite, &place)?;
    let (profile, password) = checked(input)?;
    let hash = match password {
        Some(password) => Some(state.passwords.hash(password).await?),
        None => None,
    };
    let mut write = state.journal.begin(&keeping_no_password(caller, hash.is_some())).await?;
    require_org_unit(&mut write, &profile.org).await?;
    let person = Person { id: write.new_id(), tenant: caller.tenant(), profile, version: 1 };
    insert(&mut write, &person, hash.as_deref()).await?;
    let added = view(&caller.principal, write.now(), person);
    Ok(write.commit(added).await?)
}

/// What is kept of a request for its repetition includes a fast hash of its body, which would undo the slow one.
pub(crate) fn keeping_no_password(caller: &Caller, has_password: bool) -> Caller {
    if has_password { unrepeatable(caller) } else { caller.clone() }
}

fn checked(input: NewPerson) -> Result<(Profile, Option<String>), GatewayError> {
    let NewPerson { name, org, roles, login, email, phone, language, password } = input;
    let profile = Profile { name, org, roles, login, email, phone, language, active: true }.tidied();
    let mut faults = profile.faults();
    if let Some(password) = &password {
        faults.extend(passwords::faults("password", password));
        if profile.login.is_none() && profile.email.is_none() {
            faults.push(FieldError::required("login"));
        }
    }
    if faults.is_empty() { Ok((profile, password)) } else { Err(GatewayError::Invalid(faults)) }
}

/// The row and its evidence.
pub(crate) async fn insert(write: &mut Write, person: &Person, hash: Option<&str>) -> Result<(), GatewayError> {
    let now = write.now();
    store::people::insert(write.db(), person, hash, now).await?;
    let event = PersonAdded {
        person_id: person.id.to_string(),
        org: person.profile.org.to_string(),
        roles: person.role_names(),
    };
    write.record(with_personal(Entry::new(&event, person.id, person.version)?, &person.profile));
    Ok(())
}

/// Commits to who it was without writing it down.
pub(crate) fn with_personal(entry: Entry, profile: &Profile) -> Entry {
    let contacts = [("login", &profile.login), ("email", &profile.email), ("phone", &profile.phone)];
    let entry = entry.personal("name", profile.name.as_str());
    contacts.into_iter().fold(entry, |entry, (name, value)| match value {
        Some(value) => entry.personal(name, value.as_str()),
        None => entry,
    })
}

pub(crate) async fn require_org_unit(write: &mut Write, org: &OrgPath) -> Result<(), GatewayError> {
    let tenant = write.caller().tenant().0;
    if store::org_units::exists(write.db(), tenant, org).await? {
        return Ok(());
    }
    let reason = Text::new("没有这个组织节点", "there is no such org unit");
    Err(GatewayError::Invalid(vec![FieldError::new("org", "unknown", reason)]))
}
