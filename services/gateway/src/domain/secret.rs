//! Tokens and keys: random, shown once, kept as SHA-256.
//!
//! 256 random bits need no slow hash; the prefix tells people and secret scanners what they have found.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::IdSource;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

pub const SESSION_PREFIX: &str = "sls_";
pub const ACCESS_PREFIX: &str = "slt_";
pub const API_KEY_PREFIX: &str = "slk_";

pub type Hash = [u8; 32];

/// A new token with this prefix.
pub fn new_token(prefix: &str, ids: &IdSource) -> String {
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(ids.secret()))
}

/// What is kept of a token.
pub fn hash_of(token: &str) -> Hash {
    Sha256::digest(token.as_bytes()).into()
}

/// Compares without telling by its duration where two hashes differ.
pub fn same(kept: &[u8], given: &Hash) -> bool {
    kept.ct_eq(given).into()
}

/// An API key: `slk_<public id>_<secret>`.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub public_id: String,
    pub secret: String,
}

impl ApiKey {
    pub fn new(ids: &IdSource) -> Self {
        let public_id = hex::encode(&ids.secret()[24..]);
        Self { public_id, secret: URL_SAFE_NO_PAD.encode(ids.secret()) }
    }

    /// Reads a key; none when it has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let (public_id, secret) = text.strip_prefix(API_KEY_PREFIX)?.split_once('_')?;
        let fits = !public_id.is_empty() && public_id.len() <= 64 && secret.len() >= 20 && secret.len() <= 200;
        let legal = public_id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        (fits && legal).then(|| Self { public_id: public_id.to_owned(), secret: secret.to_owned() })
    }

    pub fn text(&self) -> String {
        format!("{API_KEY_PREFIX}{}_{}", self.public_id, self.secret)
    }

    pub fn secret_hash(&self) -> Hash {
        hash_of(&self.secret)
    }
}

// The secret stays out of debug output.
impl std::fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKey").field("public_id", &self.public_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_even_when_its_secret_holds_the_separator() {
        for seed in 0..50 {
            let key = ApiKey::new(&IdSource::seeded(seed));
            assert_eq!(ApiKey::parse(&key.text()), Some(key));
        }
        let odd = ApiKey { public_id: "demo".into(), secret: "with_underscores_in_the_secret".into() };
        assert_eq!(ApiKey::parse(&odd.text()), Some(odd));
        for bad in
            ["slk_", "slk_abc", "slk__secretsecretsecretsecret", "sls_abc_secretsecretsecretsecret", "slk_abc_short"]
        {
            assert_eq!(ApiKey::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_the_same_hash_is_the_same() {
        let token = new_token(SESSION_PREFIX, &IdSource::seeded(1));
        assert!(same(&hash_of(&token), &hash_of(&token)));
        assert!(!same(&hash_of(&token), &hash_of("other")));
        assert!(!same(&[], &hash_of(&token)));
    }
}
