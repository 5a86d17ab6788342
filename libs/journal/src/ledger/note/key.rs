//! The keys of signed notes.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ledger::error::LedgerError;

const ED25519: u8 = 1;

/// A named public key; written as `<name>+<key id in hex>+<base64 of type and key>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Verifier {
    name: String,
    id: u32,
    key: VerifyingKey,
}

impl Verifier {
    /// `name` must be non-empty, without white space and `+`.
    pub fn new(name: &str, public_key: &[u8; 32]) -> Result<Self, LedgerError> {
        if !is_key_name(name) {
            return Err(LedgerError::Key("the name is empty or holds white space or a plus sign"));
        }
        let key = VerifyingKey::from_bytes(public_key).map_err(|_| LedgerError::Key("not an Ed25519 public key"))?;
        if key.is_weak() {
            return Err(LedgerError::Key("a weak Ed25519 public key"));
        }
        Ok(Self { name: name.to_owned(), id: key_id(name, public_key), key })
    }

    /// As it stands in signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of `SHA-256(name || 0x0A || 0x01 || public key)`.
    pub fn id(&self) -> u32 {
        self.id
    }

    pub(super) fn verify(&self, text: &str, signature: &[u8]) -> Result<(), LedgerError> {
        let bad = || LedgerError::BadSignature(self.name.clone());
        let signature = Signature::from_slice(signature).map_err(|_| bad())?;
        self.key.verify_strict(text.as_bytes(), &signature).map_err(|_| bad())
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let typed_key = [&[ED25519], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{:08x}+{}", self.name, self.id, STANDARD.encode(typed_key))
    }
}

impl FromStr for Verifier {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(typed_key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(LedgerError::Key("not of the form name+id+key"));
        };
        let typed_key = STANDARD.decode(typed_key).map_err(|_| LedgerError::Key("not base64"))?;
        let Some((&ED25519, key)) = typed_key.split_first() else {
            return Err(LedgerError::Key("not an Ed25519 key"));
        };
        let key = key.try_into().map_err(|_| LedgerError::Key("not 32 bytes"))?;
        let verifier = Self::new(name, key)?;
        // Also finds an id that belongs to another key.
        if verifier.to_string() != text {
            return Err(LedgerError::NotCanonical("a verifier key"));
        }
        Ok(verifier)
    }
}

impl TryFrom<String> for Verifier {
    type Error = LedgerError;

    fn try_from(text: String) -> Result<Self, LedgerError> {
        text.parse()
    }
}

impl From<Verifier> for String {
    fn from(verifier: Verifier) -> Self {
        verifier.to_string()
    }
}

/// A named private key.
pub struct Signer {
    verifier: Verifier,
    key: SigningKey,
}

impl Signer {
    /// `seed` is the Ed25519 private key; `name` as in [`Verifier::new`].
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, LedgerError> {
        let key = SigningKey::from_bytes(seed);
        Ok(Self { verifier: Verifier::new(name, key.verifying_key().as_bytes())?, key })
    }

    /// The public half.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    pub(super) fn sign(&self, text: &str) -> Vec<u8> {
        self.key.sign(text.as_bytes()).to_bytes().to_vec()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
}

pub(super) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

fn key_id(name: &str, public_key: &[u8; 32]) -> u32 {
    let digest = Sha256::new_with_prefix(name).chain_update([b'\n', ED25519]).chain_update(public_key).finalize();
    let [a, b, c, d, ..] = <[u8; 32]>::from(digest);
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_keys_are_refused() {
        let broken = [
            "PeterNeumann",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcU",
            "PeterNeumann+c74f20a3+!",
        ];
        for text in broken {
            assert!(text.parse::<Verifier>().is_err(), "{text}");
        }
    }
}
