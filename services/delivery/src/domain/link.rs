//! Links with which a customer answers without signing in: one answer each, until they expire.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use kernel::{Evidence, choices};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::DeliveryError;

choices! {
    LinkState {
        Open = "open",
        Accepted = "accepted",
        Rejected = "rejected",
        /// A newer link has taken its place.
        Superseded = "superseded",
    }
}

/// An issued link, without its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Link {
    pub id: Uuid,
    pub state: LinkState,
    /// Documents and videos the customer is shown.
    pub shown: Vec<Evidence>,
    pub requested_by: Uuid,
    pub requested_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Why the customer said no, or what else was said.
    pub reason: Option<String>,
    /// Documents and videos the customer answered with.
    pub evidence: Vec<Evidence>,
    /// Who signed for the customer.
    pub signer: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
}

impl Link {
    /// Refuses unless the customer may still answer.
    pub fn check_usable(&self, now: DateTime<Utc>) -> Result<(), DeliveryError> {
        match self.state {
            LinkState::Accepted | LinkState::Rejected => Err(DeliveryError::AcceptanceUsed),
            LinkState::Superseded => Err(DeliveryError::AcceptanceExpired),
            LinkState::Open if self.expires_at <= now => Err(DeliveryError::AcceptanceExpired),
            LinkState::Open => Ok(()),
        }
    }
}

/// 256 random bits as they stand in an address.
pub fn token_text(secret: [u8; 32]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(secret)
}

/// What is kept of a token. Looking a token up by its digest tells nothing about other tokens.
pub fn token_digest(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(state: LinkState) -> Link {
        let at = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        Link {
            id: Uuid::from_u128(1),
            state,
            shown: Vec::new(),
            requested_by: Uuid::from_u128(2),
            requested_at: at,
            expires_at: at + chrono::Duration::days(7),
            reason: None,
            evidence: Vec::new(),
            signer: None,
            decided_at: None,
        }
    }

    #[test]
    fn a_link_works_until_the_moment_it_expires() {
        let open = link(LinkState::Open);
        assert!(open.check_usable(open.expires_at - chrono::Duration::microseconds(1)).is_ok());
        assert!(matches!(open.check_usable(open.expires_at), Err(DeliveryError::AcceptanceExpired)));
    }

    #[test]
    fn an_answered_link_says_so_even_after_it_expired() {
        let used = link(LinkState::Rejected);
        let late = used.expires_at + chrono::Duration::days(1);
        assert!(matches!(used.check_usable(late), Err(DeliveryError::AcceptanceUsed)));
        assert!(matches!(
            link(LinkState::Superseded).check_usable(used.requested_at),
            Err(DeliveryError::AcceptanceExpired)
        ));
    }

    #[test]
    fn tokens_are_43_characters_that_need_no_escaping() {
        let token = token_text([0xff; 32]);
        assert_eq!(token.len(), 43);
        assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
        assert_ne!(token_digest(&token), token_digest("x"));
    }
}
