//! Sign-in with the built-in directory.

use std::net::IpAddr;

use contracts::gateway::v1::SignInRefused;
use journal::{Caller, Entry};
use kernel::TenantId;
use serde::Deserialize;
use uuid::Uuid;

use super::session::{Opened, open};
use super::sign_in_attempt::Attempt;
use crate::State;
use crate::domain::person::Person;
use crate::error::GatewayError;
use crate::store;

/// What somebody types to sign in.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The tenant's short name.
    pub tenant: String,
    /// Login or e-mail address.
    pub login: String,
    pub password: String,
}

/// Every attempt is counted before the password is looked at, so that many at once count as many.
#[tracing::instrument(name = "gateway.sign_in", skip_all)]
pub async fn sign_in(state: &State, address: IpAddr, input: SignIn) -> Result<Opened, GatewayError> {
    if !state.config.directory.enabled {
        return Err(GatewayError::DirectoryOff);
    }
    let login = input.login.trim().to_lowercase();
    let attempt = Attempt::count(state, &input.tenant, &login, address).await?;
    let Found { tenant, person, phc } = find(state, &input.tenant, &login).await?;
    let id = person.as_ref().map(|person| person.id);
    let fits = state.passwords.matches(input.password, phc).await?;
    let Some(person) = person.filter(|person| fits && person.profile.active) else {
        record_refusal(state, tenant, id).await?;
        return Err(GatewayError::SignInRefused);
    };
    attempt.succeeded(state).await?;
    open(state, &person, "password").await
}

/// What there is behind tenant and login.
#[derive(Default)]
struct Found {
    tenant: Option<TenantId>,
    person: Option<Person>,
    phc: Option<String>,
}

async fn find(state: &State, tenant: &str, login: &str) -> Result<Found, GatewayError> {
    let mut tx = state.journal.read_as_system().await?;
    let Some(tenant) = store::tenants::by_slug(&mut tx, tenant).await? else { return Ok(Found::default()) };
    let found = store::people::by_login(&mut tx, tenant.id, login).await?;
    let (person, phc) = found.map_or((None, None), |(person, phc)| (Some(person), phc));
    Ok(Found { tenant: Some(TenantId(tenant.id)), person, phc })
}

/// The same work whether somebody has the login or not. Attempts at no known tenant belong to nobody.
async fn record_refusal(state: &State, tenant: Option<TenantId>, person: Option<Uuid>) -> Result<(), GatewayError> {
    let Some(tenant) = tenant else { return Ok(()) };
    let mut write = state.journal.begin(&Caller::job(tenant, "gateway", state.ids.new_id())).await?;
    let event = SignInRefused { person_id: person.map_or_else(String::new, |id| id.to_string()) };
    write.record(Entry::new(&event, write.new_id(), 1)?);
    Ok(write.commit(()).await?)
}
