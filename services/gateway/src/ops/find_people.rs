//! Who holds a role for a place: there, at the nearest node above it, or else anywhere in the tenant.

use kernel::{OrgPath, Principal, Role};

use crate::State;
use crate::domain::person::Person;
use crate::error::GatewayError;
use crate::store;

#[tracing::instrument(name = "gateway.find_people", skip_all)]
pub async fn find_people(
    state: &State,
    principal: &Principal,
    role: Role,
    org: &OrgPath,
) -> Result<Vec<Person>, GatewayError> {
    let tenant = principal.tenant;
    let scope = authz::list_scope(principal, authz::ResourceKind::Person);
    let mut tx = state.journal.read(principal, scope).await?;
    let mut people = store::people::holding_on_the_way_up(&mut tx, tenant, role, org).await?;
    let Some(nearest) = people.first().map(|person| person.profile.org.clone()) else {
        return store::people::holding(&mut tx, tenant, role).await;
    };
    people.retain(|person| person.profile.org == nearest);
    Ok(people)
}
