//! The browser comes back from the provider with a code.

use contracts::gateway::v1::IdentityLinked;
use kernel::TenantId;
use openidconnect::core::CoreClient;
use openidconnect::{
    AccessTokenHash, AuthorizationCode, Nonce, OAuth2TokenResponse as _, PkceCodeVerifier, TokenResponse as _,
};
use serde::Deserialize;

use super::provider::{configured, discover, send};
use crate::State;
use crate::domain::person::Person;
use crate::domain::secret::{hash_of, same};
use crate::error::GatewayError;
use crate::ops::change_person::record_about;
use crate::ops::session::{Opened, open, recognised};
use crate::store;
use crate::store::oidc::OidcRequest;

/// What the provider puts into the address.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Callback {
    pub state: String,
    pub code: Option<String>,
    pub error: Option<String>,
}

/// Signed in; the browser goes on to `return_to`.
pub struct Finished {
    pub session: Opened,
    pub return_to: String,
}

/// Whom a provider vouches for.
struct Subject {
    id: String,
    /// Only when the provider has verified it.
    email: Option<String>,
}

#[tracing::instrument(name = "gateway.finish", skip_all, fields(provider = name))]
pub async fn finish(
    state: &State,
    name: &str,
    callback: Callback,
    browser: Option<&str>,
) -> Result<Finished, GatewayError> {
    configured(state, name)?;
    let request = take(state, name, &callback.state, browser).await?;
    let code = callback.code.ok_or_else(|| {
        let why = callback.error.unwrap_or_else(|| "neither code nor error".into());
        GatewayError::OidcRefused(format!("the provider answered: {}", why.chars().take(100).collect::<String>()))
    })?;
    let subject = exchange(state, name, &request, code).await?;
    let person = recognise(state, &request, &subject).await?;
    let session = open(state, &person, "oidc").await?;
    Ok(Finished { session, return_to: request.return_to })
}

/// The request under way, once: same provider, same browser, in time.
async fn take(state: &State, name: &str, csrf: &str, browser: Option<&str>) -> Result<OidcRequest, GatewayError> {
    let mut tx = state.journal.read_as_system().await?;
    let request = store::oidc::take(&mut tx, &hash_of(csrf)).await?;
    tx.commit().await?;
    let refused = |why: &str| GatewayError::OidcRefused(why.to_owned());
    let request = request.ok_or_else(|| refused("no such request, or it was answered before"))?;
    if request.provider != name {
        return Err(refused("the request was made to another provider"));
    }
    if request.expires_at <= state.clock.now() {
        return Err(refused("the request has run out"));
    }
    if !browser.is_some_and(|browser| same(&request.browser_hash, &hash_of(browser))) {
        return Err(refused("another browser started the request"));
    }
    Ok(request)
}

/// Code for token, and everything about the token checked.
async fn exchange(state: &State, name: &str, request: &OidcRequest, code: String) -> Result<Subject, GatewayError> {
    let refused = |what: &str, why: &dyn std::fmt::Display| GatewayError::OidcRefused(format!("{what}: {why}"));
    let provider = discover(state, name).await?;
    let client =
        CoreClient::from_provider_metadata(provider.metadata.clone(), provider.client_id(), provider.client_secret())
            .set_redirect_uri(provider.redirect.clone());
    let http = |request| send(state.providers.clone(), request);
    let tokens = client
        .exchange_code(AuthorizationCode::new(code))
        .map_err(|error| GatewayError::OidcUnavailable(format!("{name}: {error}")))?
        .set_pkce_verifier(PkceCodeVerifier::new(request.pkce_verifier.clone()))
        .request_async(&http)
        .await
        .map_err(|error| refused("token", &error))?;
    let id_token = tokens.id_token().ok_or_else(|| refused("token", &"no id_token"))?;
    let clock = state.clock.clone();
    let verifier = client.id_token_verifier().set_time_fn(move || clock.now());
    let claims = id_token.claims(&verifier, &Nonce::new(request.nonce.clone()));
    let claims = claims.map_err(|error| refused("id_token", &error))?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = id_token.signing_alg().map_err(|error| refused("id_token", &error))?;
        let key = id_token.signing_key(&verifier).map_err(|error| refused("id_token", &error))?;
        let actual = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
        if actual.map_err(|error| refused("access token", &error))? != *expected {
            return Err(refused("access token", &"not the one the id_token speaks of"));
        }
    }
    let verified = claims.email_verified() == Some(true);
    let email = claims.email().filter(|_| verified).map(|email| email.as_str().to_owned());
    Ok(Subject { id: claims.subject().as_str().to_owned(), email })
}

/// The person linked to the subject; the first time, the one with the verified e-mail address.
async fn recognise(state: &State, request: &OidcRequest, subject: &Subject) -> Result<Person, GatewayError> {
    let (tenant, identity) = (request.tenant_id, (request.provider.as_str(), subject.id.as_str()));
    let mut tx = state.journal.read_as_system().await?;
    let linked = store::oidc::person_of(&mut tx, tenant, identity.0, identity.1).await?;
    let person = match (linked, &subject.email) {
        (Some(id), _) => store::people::by_id(&mut tx, TenantId(tenant), id).await?,
        (None, Some(email)) => store::people::by_email(&mut tx, tenant, email).await?,
        (None, None) => None,
    };
    let person = person.filter(|person| person.profile.active).ok_or(GatewayError::OidcUnknownPerson)?;
    drop(tx);
    if linked.is_none() {
        link(state, identity, &person).await?;
    }
    Ok(person)
}

/// From now on the subject is this person, whatever becomes of the e-mail address.
async fn link(state: &State, identity: (&str, &str), person: &Person) -> Result<(), GatewayError> {
    let mut write = state.journal.begin(&recognised(state, person.principal())).await?;
    let now = write.now();
    let person = store::people::lock(write.db(), person.tenant, person.id).await?;
    let mut person = person.ok_or(GatewayError::OidcUnknownPerson)?;
    if store::oidc::link(write.db(), person.tenant.0, identity, person.id, now).await? {
        let event = IdentityLinked { person_id: person.id.to_string(), provider: identity.0.to_owned() };
        record_about(&mut write, &mut person, &event).await?;
    }
    Ok(write.commit(()).await?)
}
