//! Showing people, with as much of their personal data as the caller may see.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use journal::Caller;
use kernel::{OrgPath, Principal, PrincipalKind, Role};
use runtime::http::{Page, PageQuery};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::State;
use crate::domain::language::Language;
use crate::domain::mask;
use crate::domain::person::Person;
use crate::error::{GatewayError, Thing};
use crate::store;
use crate::store::people::Filter;

/// A person of the directory.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PersonView {
    pub id: Uuid,
    pub name: String,
    pub org: OrgPath,
    pub roles: Vec<Role>,
    /// Shown to administrators and to the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub login: Option<String>,
    /// `l***@example.com` for those who may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `138****1234` for those who may not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    pub language: Language,
    pub active: bool,
    pub version: i64,
}

/// `?role=…&org=…&active=…&name=…`
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleQuery {
    pub role: Option<Role>,
    /// This node and everything below it.
    #[param(value_type = Option<String>)]
    pub org: Option<OrgPath>,
    pub active: Option<bool>,
    /// Part of the name.
    pub name: Option<String>,
}

pub(crate) fn resource(person: &Person) -> Resource {
    Resource::owned(ResourceKind::Person, person.tenant, person.profile.org.clone(), person.id)
}

/// Whose personal data this principal sees in full: one's own, and everybody's as administrator.
fn sees_all(principal: &Principal, now: DateTime<Utc>, person: &Person) -> bool {
    principal.id == person.id
        || principal.kind == PrincipalKind::Service
        || authz::check(principal, now, Action::PersonWrite, &resource(person)).is_ok()
}

pub(crate) fn view(principal: &Principal, now: DateTime<Utc>, person: Person) -> PersonView {
    let full = sees_all(principal, now, &person);
    let shown =
        |text: Option<String>, masked: fn(&str) -> String| text.map(|text| if full { text } else { masked(&text) });
    let profile = person.profile;
    PersonView {
        id: person.id,
        name: profile.name,
        org: profile.org,
        roles: profile.roles,
        login: profile.login.filter(|_| full),
        email: shown(profile.email, mask::email),
        phone: shown(profile.phone, mask::phone),
        language: profile.language,
        active: profile.active,
        version: person.version,
    }
}

pub async fn show_person(state: &State, caller: &Caller, id: Uuid) -> Result<PersonView, GatewayError> {
    let now = state.clock.now();
    let mut tx = state.journal.read(&caller.principal, kernel::Scope::All).await?;
    let person = store::people::by_id(&mut tx, caller.tenant(), id).await?;
    let person = person.ok_or(GatewayError::NotFound(Thing::Person))?;
    authz::check(&caller.principal, now, Action::PersonRead, &resource(&person))?;
    Ok(view(&caller.principal, now, person))
}

pub async fn list_people(
    state: &State,
    caller: &Caller,
    query: PeopleQuery,
    page: &PageQuery,
) -> Result<Page<PersonView>, GatewayError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Person);
    let filter = Filter { role: query.role, org: query.org, active: query.active, name: query.name };
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let people = store::people::list(&mut tx, &filter, page.cursor()?, page.limit()).await?;
    let now = state.clock.now();
    let views = people.into_iter().map(|person| view(&caller.principal, now, person)).collect();
    Ok(Page::of(views, page.limit(), |person: &PersonView| kernel::id::Cursor {
        key: person.name.clone(),
        id: person.id,
    }))
}
