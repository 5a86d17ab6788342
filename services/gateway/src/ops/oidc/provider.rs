//! Talking to one configured provider.

use openidconnect::core::CoreProviderMetadata;
use openidconnect::{ClientId, ClientSecret, HttpRequest, HttpResponse, IssuerUrl, RedirectUrl};

use crate::State;
use crate::config::ProviderConfig;
use crate::error::{GatewayError, Thing};

/// A provider and what it says about itself now, signing keys included. Sign-ins are rare enough to ask
/// each time; a rotated key is never missed.
pub(super) struct Provider<'a> {
    pub config: &'a ProviderConfig,
    pub metadata: CoreProviderMetadata,
    pub redirect: RedirectUrl,
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct HttpFailure(String);

pub(super) fn configured<'a>(state: &'a State, name: &str) -> Result<&'a ProviderConfig, GatewayError> {
    state.config.oidc.get(name).ok_or(GatewayError::NotFound(Thing::Provider))
}

pub(super) async fn discover<'a>(state: &'a State, name: &str) -> Result<Provider<'a>, GatewayError> {
    let config = configured(state, name)?;
    let issuer =
        IssuerUrl::new(config.issuer.clone()).map_err(|error| GatewayError::damaged("OpenID issuer", error))?;
    let http = |request| send(state.providers.clone(), request);
    let metadata = CoreProviderMetadata::discover_async(issuer, &http)
        .await
        .map_err(|error| GatewayError::OidcUnavailable(format!("discovery at {name}: {error}")))?;
    let redirect = format!("{}/api/session/oidc/{name}/callback", state.config.public_url);
    let redirect = RedirectUrl::new(redirect).map_err(|error| GatewayError::damaged("public_url", error))?;
    Ok(Provider { config, metadata, redirect })
}

impl Provider<'_> {
    pub fn client_id(&self) -> ClientId {
        ClientId::new(self.config.client_id.clone())
    }

    pub fn client_secret(&self) -> Option<ClientSecret> {
        self.config.client_secret.clone().map(ClientSecret::new)
    }
}

/// Carries the protocol crate's requests over our HTTP client.
pub(super) async fn send(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    let failed = |error: reqwest::Error| HttpFailure(error.without_url().to_string());
    let (parts, body) = request.into_parts();
    let sent = client.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body).send().await;
    let answer = sent.map_err(failed)?;
    let (status, headers) = (answer.status(), answer.headers().clone());
    let mut response = http::Response::new(answer.bytes().await.map_err(failed)?.to_vec());
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    Ok(response)
}
