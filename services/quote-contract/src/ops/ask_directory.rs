//! Who holds which role. Asked before a write, never inside one.

use contracts::gateway::v1::{FindPeopleRequest, GetPersonRequest, Person};
use kernel::{OrgPath, PersonId, Principal, PrincipalKind, Role, TenantId};
use process::approval::Seat;
use runtime::peers::PeerError;
use tonic::Code;

use crate::State;
use crate::error::Error;

/// Active people holding `role` at `org` or at the nearest node above it.
pub async fn holders(state: &State, tenant: TenantId, role: Role, org: &OrgPath) -> Result<Vec<PersonId>, Error> {
    let question = FindPeopleRequest { role: role.as_str().to_owned(), org: org.as_str().to_owned() };
    let request = state.peers.ask(tenant, question)?;
    let answer = state.peers.directory()?.find_people(request).await.map_err(PeerError::from)?.into_inner();
    let active = answer.people.iter().filter(|person| person.active);
    Ok(active.filter_map(|person| person.person_id.parse().ok().map(PersonId)).collect())
}

/// The first holder of a role who did not submit the request; the submitter only when there is nobody else,
/// so that the process engine sees the seat as taken and escalates it.
pub async fn seat(
    state: &State,
    tenant: TenantId,
    role: Role,
    org: &OrgPath,
    submitter: PersonId,
) -> Result<Seat, Error> {
    let holders = holders(state, tenant, role, org).await?;
    let other = holders.iter().find(|person| **person != submitter);
    Ok(Seat { role, person: other.or(holders.first()).copied() })
}

/// A person of the directory as a principal, to ask the policies what they may do; `None` when unknown
/// or no longer active.
pub async fn principal(state: &State, tenant: TenantId, person: PersonId) -> Result<Option<Principal>, Error> {
    let request = state.peers.ask(tenant, GetPersonRequest { person_id: person.to_string() })?;
    let answer = match state.peers.directory()?.get_person(request).await {
        Ok(answer) => answer.into_inner().person,
        Err(status) if status.code() == Code::NotFound => None,
        Err(status) => return Err(PeerError::from(status).into()),
    };
    Ok(answer.filter(|found| found.active).and_then(|found| as_principal(tenant, person, &found)))
}

fn as_principal(tenant: TenantId, person: PersonId, found: &Person) -> Option<Principal> {
    Some(Principal {
        kind: PrincipalKind::Person,
        tenant,
        id: person.0,
        org: found.org.parse().ok()?,
        roles: found.roles.iter().filter_map(|role| role.parse().ok()).collect(),
        stepped_up_until: None,
    })
}
