//! Sign-in with the built-in directory.

use serde::Deserialize;

use super::session::{Opened, open};
use crate::State;
use crate::domain::person::Person;
use crate::domain::secret::{Hash, hash_of};
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
pub async fn sign_in(state: &State, address: &str, input: SignIn) -> Result<Opened, GatewayError> {
    if !state.config.directory.enabled {
        return Err(GatewayError::DirectoryOff);
    }
    let login = input.login.trim().to_lowercase();
    let key = hash_of(&format!("{}\n{login}\n{address}", input.tenant));
    count_attempt(state, &key).await?;
    let found = find(state, &input.tenant, &login).await?;
    let (person, phc) = found.map_or((None, None), |(person, phc)| (Some(person), phc));
    let fits = state.passwords.matches(input.password, phc).await?;
    let person = person.filter(|person| fits && person.profile.active).ok_or(GatewayError::SignInRefused)?;
    forget_attempts(state, &key).await?;
    open(state, &person).await
}

async fn find(state: &State, tenant: &str, login: &str) -> Result<Option<(Person, Option<String>)>, GatewayError> {
    let mut tx = state.journal.read_as_system().await?;
    match store::tenants::by_slug(&mut tx, tenant).await? {
        Some(tenant) => store::people::by_login(&mut tx, tenant.id, login).await,
        None => Ok(None),
    }
}

/// Counts this attempt as failed until it has succeeded; refuses while the wait of earlier ones lasts.
async fn count_attempt(state: &State, key: &Hash) -> Result<(), GatewayError> {
    let (rules, now) = (state.config.attempts, state.clock.now());
    let mut tx = state.journal.read_as_system().await?;
    let Some(failures) = store::attempts::count(&mut tx, key, now, rules.forgotten_before(now)).await? else {
        let until = store::attempts::blocked_until(&mut tx, key).await?.unwrap_or(now);
        return Err(GatewayError::TooManyAttempts { until, now });
    };
    let until = rules.blocked_until(u32::try_from(failures).unwrap_or(u32::MAX), now);
    store::attempts::block(&mut tx, key, until).await?;
    Ok(tx.commit().await?)
}

async fn forget_attempts(state: &State, key: &Hash) -> Result<(), GatewayError> {
    let mut tx = state.journal.read_as_system().await?;
    store::attempts::forget(&mut tx, key).await?;
    Ok(tx.commit().await?)
}
