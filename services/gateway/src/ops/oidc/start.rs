//! Sending the browser to the provider.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use openidconnect::core::{CoreClient, CoreResponseType};
use openidconnect::{AuthenticationFlow, CsrfToken, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};

use super::provider::{configured, discover};
use crate::State;
use crate::domain::return_to::own_path;
use crate::domain::secret::hash_of;
use crate::error::GatewayError;
use crate::store;
use crate::store::oidc::OidcRequest;

/// How long somebody may take at the provider.
pub const LIFETIME_SECONDS: i64 = 600;

/// Where to send the browser, and what its cookie must hold when it comes back.
pub struct Started {
    pub location: String,
    pub browser: String,
}

#[tracing::instrument(name = "gateway.start", skip_all, fields(provider = name))]
pub async fn start(state: &State, name: &str, return_to: Option<&str>) -> Result<Started, GatewayError> {
    configured(state, name)?;
    let provider = discover(state, name).await?;
    let [csrf, nonce, verifier, browser] = std::array::from_fn(|_| URL_SAFE_NO_PAD.encode(state.ids.secret()));
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
    let client =
        CoreClient::from_provider_metadata(provider.metadata.clone(), provider.client_id(), provider.client_secret())
            .set_redirect_uri(provider.redirect.clone());
    let (sent_csrf, sent_nonce) = (CsrfToken::new(csrf.clone()), Nonce::new(nonce.clone()));
    let (location, _, _) = client
        .authorize_url(AuthenticationFlow::<CoreResponseType>::AuthorizationCode, move || sent_csrf, move || sent_nonce)
        .add_scope(Scope::new("email".into()))
        .add_scope(Scope::new("profile".into()))
        .set_pkce_challenge(challenge)
        .url();
    let mut tx = state.journal.read_as_system().await?;
    let tenant = store::tenants::by_slug(&mut tx, &provider.config.tenant).await?;
    let tenant = tenant.ok_or_else(|| GatewayError::damaged("OpenID provider", "its tenant does not exist"))?;
    let request = OidcRequest {
        tenant_id: tenant.id,
        provider: name.to_owned(),
        nonce,
        pkce_verifier: verifier,
        browser_hash: hash_of(&browser).to_vec(),
        return_to: own_path(return_to).to_owned(),
        expires_at: state.clock.now() + Duration::seconds(LIFETIME_SECONDS),
    };
    store::oidc::insert(&mut tx, &hash_of(&csrf), &request).await?;
    tx.commit().await?;
    Ok(Started { location: location.into(), browser })
}
