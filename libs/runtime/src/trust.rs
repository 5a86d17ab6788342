//! Whose principal tokens are believed, and this service's own signature for calls to its peers.

use authz::token::{Keyring, May, Signer, TokenError, TrustedKey};
use chrono::{DateTime, Duration, Utc};
use kernel::{AsProblem, Kind, Principal, Problem, TenantId};
use serde::Deserialize;

const TOKEN_LIFETIME: Duration = Duration::seconds(60);

/// Where a principal's token travels, in HTTP and in gRPC.
pub const PRINCIPAL_HEADER: &str = "x-sluice-principal";

/// `[runtime.trust]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustConfig {
    /// This service's ed25519 seed, 64 hex digits: a secret.
    pub seed: String,
    /// Every key whose tokens are believed.
    pub keys: Vec<TrustedKeyConfig>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedKeyConfig {
    /// The service that signs with it; `gateway` may speak for anybody, others for themselves.
    pub service: String,
    /// ed25519 public key, 64 hex digits.
    pub public_key: String,
}

/// The keys of a running service.
pub struct Trust {
    service: &'static str,
    signer: Signer,
    keyring: Keyring,
}

/// Why a caller is not believed.
#[derive(Debug, thiserror::Error)]
pub enum Untrusted {
    #[error("no principal token")]
    Missing,
    #[error("principal token: {0}")]
    Token(#[from] TokenError),
}

impl AsProblem for Untrusted {
    fn problem(&self) -> Problem {
        let mut problem = Problem::new(Kind::Unauthenticated, "unauthenticated", "请先登录", "please sign in");
        problem.internal = Some(self.to_string());
        problem
    }
}

/// Why a configured key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadKey {
    #[error("the key of {0} is not 64 hex digits")]
    NotHex(String),
    #[error(transparent)]
    Refused(#[from] TokenError),
}

impl Trust {
    pub fn new(service: &'static str, config: &TrustConfig) -> Result<Self, BadKey> {
        let seed = bytes_of(service, &config.seed)?;
        let keys = config.keys.iter().map(trusted).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { service, signer: Signer::new(service, seed), keyring: Keyring::new(keys)? })
    }

    /// The principal of a token, if it is believed now.
    pub fn verify(&self, token: Option<&str>, now: DateTime<Utc>) -> Result<Principal, Untrusted> {
        Ok(self.keyring.verify(token.ok_or(Untrusted::Missing)?, now)?)
    }

    /// A short-lived token for `principal`; only the gateway's is believed for anybody but itself.
    pub fn token(&self, principal: &Principal, now: DateTime<Utc>) -> Result<String, TokenError> {
        self.signer.mint(principal, now, TOKEN_LIFETIME)
    }

    /// A token for this service itself, acting for a tenant.
    pub fn own_token(&self, tenant: TenantId, now: DateTime<Utc>) -> Result<String, TokenError> {
        self.token(&Principal::service(tenant, self.service), now)
    }
}

fn trusted(key: &TrustedKeyConfig) -> Result<TrustedKey, BadKey> {
    let public_key = bytes_of(&key.service, &key.public_key)?;
    let may = if key.service == "gateway" { May::AnyPrincipal } else { May::ServiceOnly(key.service.clone()) };
    Ok(TrustedKey { id: key.service.clone(), public_key, may })
}

fn bytes_of(name: &str, text: &str) -> Result<[u8; 32], BadKey> {
    let bytes = hex::decode(text).map_err(|_| BadKey::NotHex(name.to_owned()))?;
    bytes.try_into().map_err(|_| BadKey::NotHex(name.to_owned()))
}
