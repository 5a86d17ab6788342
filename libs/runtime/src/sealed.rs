//! Secrets that have to be read again later, encrypted with AES-256-GCM under a key from the configuration.

use kernel::IdSource;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::Deserialize;
use uuid::Uuid;

use crate::BuildError;

/// The table of a service's configuration that holds its sealing key.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealingConfig {
    /// AES-256 key, 64 hex digits: a secret.
    pub key: String,
}

/// Seals and opens; what it seals for one owner opens for no other.
#[derive(Clone)]
pub struct SealingKey {
    key: LessSafeKey,
    ids: IdSource,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("must be 64 hex digits")]
    NotAKey,
    #[error("is the all-zero default: set a secret of your own")]
    DefaultKey,
    #[error("what was sealed cannot be opened: another key, another owner, or damaged")]
    CannotOpen,
    #[error("cannot seal")]
    CannotSeal,
}

// Secrets stay out of debug output.
impl std::fmt::Debug for SealingConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingConfig")
    }
}

impl SealingConfig {
    /// Refuses what is no key, and the all-zero default outside demonstrations. `name` is the setting's, for the error.
    pub fn check(&self, name: &'static str, demo: bool) -> Result<(), BuildError> {
        if !demo && self.key.chars().all(|digit| digit == '0') {
            return Err(BuildError::other(name, SealError::DefaultKey));
        }
        self.key(name, &IdSource::seeded(0)).map(|_| ())
    }

    pub fn key(&self, name: &'static str, ids: &IdSource) -> Result<SealingKey, BuildError> {
        SealingKey::new(&self.key, ids.clone()).map_err(|why| BuildError::other(name, why))
    }
}

impl SealingKey {
    /// `hex`: 64 hex digits.
    pub fn new(hex: &str, ids: IdSource) -> Result<Self, SealError> {
        let bytes = hex::decode(hex).map_err(|_| SealError::NotAKey)?;
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| SealError::NotAKey)?;
        Ok(Self { key: LessSafeKey::new(key), ids })
    }

    /// Nonce, ciphertext and tag.
    pub fn seal(&self, owner: Uuid, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_LEN];
        // The tail: sources that repeat put what differs there.
        nonce.copy_from_slice(&self.ids.secret()[32 - NONCE_LEN..]);
        let mut sealed = secret.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(owner.as_bytes()), &mut sealed)
            .map_err(|_| SealError::CannotSeal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, owner: Uuid, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or(SealError::CannotOpen)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::CannotOpen)?;
        let mut text = sealed.to_vec();
        let opened = self.key.open_in_place(nonce, Aad::from(owner.as_bytes()), &mut text);
        opened.map(|opened| opened.to_vec()).map_err(|_| SealError::CannotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: &str) -> SealingKey {
        SealingKey::new(&digit.repeat(64), IdSource::seeded(5)).expect("a key")
    }

    #[test]
    fn opens_for_the_same_owner_under_the_same_key_only() {
        let (mine, owner) = (key("1"), Uuid::from_u128(1));
        let sealed = mine.seal(owner, b"secret").expect("sealed");
        assert_eq!(mine.open(owner, &sealed).as_deref(), Ok(b"secret".as_slice()));
        assert_eq!(mine.open(Uuid::from_u128(2), &sealed), Err(SealError::CannotOpen));
        assert_eq!(key("2").open(owner, &sealed), Err(SealError::CannotOpen));
        assert_eq!(mine.open(owner, &sealed[..5]), Err(SealError::CannotOpen));
        assert_ne!(mine.seal(owner, b"secret").expect("sealed"), sealed);
    }

    #[test]
    fn a_key_has_64_hex_digits() {
        assert_eq!(SealingKey::new("12", IdSource::seeded(5)).err(), Some(SealError::NotAKey));
    }

    #[test]
    fn the_default_key_is_for_demonstrations() {
        let accepted = |key: String, demo| SealingConfig { key }.check("service.secrets.key", demo).is_ok();
        assert!(accepted("0".repeat(64), true) && accepted("1".repeat(64), false));
        assert!(!accepted("0".repeat(64), false) && !accepted("12".into(), true));
    }
}
