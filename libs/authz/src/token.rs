//! The short-lived signed principal that one part of Sluice sends another.
//!
//! `base64url(claims as JSON) "." base64url(ed25519 signature)`, without padding.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use kernel::{AsProblem, Kind, Principal, Problem};
use serde::{Deserialize, Serialize};

/// Signed in front of the claims, so that no other signature by the same key passes for a token.
const PURPOSE: &str = "sluice-principal-v1.";

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    key: String,
    issuer: String,
    issued: DateTime<Utc>,
    expires: DateTime<Utc>,
    principal: Principal,
}

/// Why a token is not believed, or a key not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("not a principal token")]
    Malformed,
    #[error("signed by an unknown key")]
    UnknownKey,
    #[error("the signature does not fit")]
    BadSignature,
    #[error("expired")]
    Expired,
    #[error("its key may not speak for this principal")]
    NotAllowed,
    /// A trusted key is no ed25519 public key, or its id appears twice.
    #[error("key {0} cannot be used")]
    BadKey(String),
}

impl AsProblem for TokenError {
    fn problem(&self) -> Problem {
        if let Self::BadKey(_) = self {
            return Problem::internal(self);
        }
        let mut problem =
            Problem::new(Kind::Unauthenticated, "invalid_token", "登录凭证无效或已过期", "not signed in, or no longer");
        problem.internal = Some(self.to_string());
        problem
    }
}

/// Signs principals with one key.
#[derive(Clone)]
pub struct Signer {
    key_id: String,
    issuer: String,
    key: SigningKey,
}

impl Signer {
    /// `seed` is the ed25519 secret key; `key_id` also names the issuer unless [`Signer::issued_by`] does.
    pub fn new(key_id: impl Into<String>, seed: [u8; 32]) -> Self {
        let key_id = key_id.into();
        Self { issuer: key_id.clone(), key_id, key: SigningKey::from_bytes(&seed) }
    }

    /// Names who mints, such as `gateway`.
    pub fn issued_by(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = issuer.into();
        self
    }

    /// What others put into their [`TrustedKey`].
    pub fn public_key(&self) -> [u8; 32] {
        self.key.verifying_key().to_bytes()
    }

    /// A token for `principal`, believed until `now + lifetime`.
    pub fn mint(&self, principal: &Principal, now: DateTime<Utc>, lifetime: Duration) -> Result<String, TokenError> {
        let claims = Claims {
            key: self.key_id.clone(),
            issuer: self.issuer.clone(),
            issued: now,
            expires: now + lifetime,
            principal: principal.clone(),
        };
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims).map_err(|_| TokenError::Malformed)?);
        let signature = self.key.sign(signed_text(&body).as_bytes());
        Ok(format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes())))
    }
}

/// A public key and whom it may speak for.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    pub id: String,
    pub public_key: [u8; 32],
    pub may: May,
}

/// Whom a key may speak for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum May {
    /// Everybody: the gateway, which has seen them sign in.
    AnyPrincipal,
    /// The service of this name and nobody else, in any tenant.
    ServiceOnly(String),
}

/// The keys whose tokens are believed.
#[derive(Clone, Debug)]
pub struct Keyring(HashMap<String, (VerifyingKey, May)>);

impl Keyring {
    pub fn new(keys: Vec<TrustedKey>) -> Result<Self, TokenError> {
        let mut ring = HashMap::new();
        for TrustedKey { id, public_key, may } in keys {
            let key = VerifyingKey::from_bytes(&public_key).map_err(|_| TokenError::BadKey(id.clone()))?;
            if key.is_weak() || ring.insert(id.clone(), (key, may)).is_some() {
                return Err(TokenError::BadKey(id));
            }
        }
        Ok(Self(ring))
    }

    /// Who the token speaks for, when it can be believed at `now`.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Principal, TokenError> {
        let (body, signature) = token.split_once('.').ok_or(TokenError::Malformed)?;
        let claims: Claims = serde_json::from_slice(&decode(body)?).map_err(|_| TokenError::Malformed)?;
        let signature = Signature::from_slice(&decode(signature)?).map_err(|_| TokenError::Malformed)?;
        let (key, may) = self.0.get(&claims.key).ok_or(TokenError::UnknownKey)?;
        key.verify_strict(signed_text(body).as_bytes(), &signature).map_err(|_| TokenError::BadSignature)?;
        if claims.expires <= now {
            return Err(TokenError::Expired);
        }
        if !may.speak_for(&claims.principal) {
            return Err(TokenError::NotAllowed);
        }
        Ok(claims.principal)
    }
}

impl May {
    fn speak_for(&self, principal: &Principal) -> bool {
        match self {
            Self::AnyPrincipal => true,
            Self::ServiceOnly(name) => *principal == Principal::service(principal.tenant, name),
        }
    }
}

fn signed_text(body: &str) -> String {
    format!("{PURPOSE}{body}")
}

fn decode(text: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Malformed)
}
