//! One delivery card and what may happen to it.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{Money, OrgPath, TenantId, choices};
use serde::Serialize;
use uuid::Uuid;

use super::{Light, Turn};
use crate::error::DeliveryError;

choices! {
    /// How far a delivery is. Only what the customer has confirmed as usable (确认可用) is delivered.
    State {
        Open = "open",
        /// The customer has a link.
        AwaitingAcceptance = "awaiting_acceptance",
        /// The customer said no.
        Reopened = "reopened",
        Delivered = "delivered",
    }
}

/// The card of one signed contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Delivery {
    pub id: Uuid,
    #[serde(skip)]
    pub tenant: TenantId,
    pub contract_id: Uuid,
    pub contract_number: String,
    pub quote_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub customer_id: Uuid,
    pub company: String,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub total: Money,
    pub signed_at: DateTime<Utc>,
    /// Digest of the signed document.
    pub signed_sha256: String,
    /// The signing in the evidence of quotes and contracts: where this card's history begins.
    pub signed_event_id: Uuid,
    /// What the customer was told.
    pub promised_at: Option<DateTime<Utc>>,
    /// What production has planned.
    pub scheduled_at: Option<DateTime<Utc>>,
    pub light: Light,
    pub state: State,
    /// How often the customer said no.
    pub rejections: i32,
    /// Accepted without an earlier rejection; nothing before the acceptance.
    pub first_pass: Option<bool>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl Delivery {
    /// What policies decide about.
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Delivery, self.tenant, self.org.clone(), self.owner_id)
    }

    /// The version of the next event about this card.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    /// Refuses when the client saw another version.
    pub fn check_seen(&self, seen: Option<i64>) -> Result<(), DeliveryError> {
        match seen {
            Some(version) if version != self.version => Err(DeliveryError::Stale),
            _ => Ok(()),
        }
    }

    /// Plans the delivery anew.
    pub fn schedule(&mut self, at: DateTime<Utc>) -> Result<Option<Turn>, DeliveryError> {
        self.check_unfinished()?;
        self.scheduled_at = Some(at);
        Ok(self.compare())
    }

    /// Tells the customer another date.
    pub fn promise(&mut self, at: DateTime<Utc>) -> Result<Option<Turn>, DeliveryError> {
        self.check_unfinished()?;
        self.promised_at = Some(at);
        Ok(self.compare())
    }

    /// The customer is asked.
    pub fn ask(&mut self) -> Result<(), DeliveryError> {
        self.check_unfinished()?;
        self.state = State::AwaitingAcceptance;
        Ok(())
    }

    /// The customer confirms; answers whether it was the first time of asking for a verdict.
    pub fn accept(&mut self, at: DateTime<Utc>) -> Result<bool, DeliveryError> {
        self.check_unfinished()?;
        let first_pass = self.rejections == 0;
        self.state = State::Delivered;
        self.accepted_at = Some(at);
        self.first_pass = Some(first_pass);
        Ok(first_pass)
    }

    /// The customer refuses; the card is open again.
    pub fn reject(&mut self) -> Result<(), DeliveryError> {
        self.check_unfinished()?;
        self.state = State::Reopened;
        self.rejections += 1;
        Ok(())
    }

    fn check_unfinished(&self) -> Result<(), DeliveryError> {
        if self.state == State::Delivered { Err(DeliveryError::AlreadyDelivered) } else { Ok(()) }
    }

    fn compare(&mut self) -> Option<Turn> {
        let before = std::mem::replace(&mut self.light, Light::of(self.promised_at, self.scheduled_at));
        before.turn(self.light)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn card() -> Delivery {
        let at = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        Delivery {
            id: Uuid::from_u128(1),
            tenant: TenantId(Uuid::from_u128(2)),
            contract_id: Uuid::from_u128(3),
            contract_number: "HT-1".into(),
            quote_id: None,
            opportunity_id: None,
            customer_id: Uuid::from_u128(4),
            company: "启明机械".into(),
            owner_id: Uuid::from_u128(5),
            org: OrgPath::root(),
            total: Money::cny(100),
            signed_at: at,
            signed_sha256: "00".into(),
            signed_event_id: Uuid::from_u128(6),
            promised_at: Some(at),
            scheduled_at: None,
            light: Light::Grey,
            state: State::Open,
            rejections: 0,
            first_pass: None,
            accepted_at: None,
            version: 1,
            created_at: at,
        }
    }

    #[test]
    fn an_acceptance_after_a_rejection_is_no_first_pass() {
        let at = card().created_at;
        assert!(card().accept(at).expect("accepted"));
        let mut reopened = card();
        reopened.reject().expect("rejected");
        assert_eq!(reopened.state, State::Reopened);
        assert!(!reopened.accept(at).expect("accepted"));
    }

    #[test]
    fn what_is_delivered_stays_as_it_is() {
        let mut done = card();
        let at = done.created_at;
        done.accept(at).expect("accepted");
        let refused = [
            done.clone().schedule(at).err(),
            done.clone().promise(at).err(),
            done.clone().ask().err(),
            done.reject().err(),
        ];
        assert!(refused.iter().all(|error| matches!(error, Some(DeliveryError::AlreadyDelivered))));
    }

    #[test]
    fn moving_either_date_moves_the_light() {
        let mut card = card();
        let at = card.created_at;
        assert_eq!(card.schedule(at + chrono::Duration::days(1)).expect("open"), Some(Turn::Red));
        assert_eq!(card.schedule(at + chrono::Duration::days(2)).expect("open"), None);
        assert_eq!(card.promise(at + chrono::Duration::days(2)).expect("open"), Some(Turn::Green));
    }
}
