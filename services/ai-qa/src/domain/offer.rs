//! What was found in a transcript and waits for somebody's word.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{FieldError, OrgPath, TenantId, Text, choices};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use uuid::Uuid;

use super::conclusion::ConclusionKind;
use super::fields::Fields;

const LONGEST_WORDS: usize = 500;

choices! {
    /// Where a conclusion stands.
    OfferState {
        Offered = "offered",
        Confirmed = "confirmed",
        Rejected = "rejected",
    }
}

choices! {
    /// Where an objection heard in a recording stands.
    CandidateState {
        Mined = "mined",
        /// The library has it.
        Accepted = "accepted",
        Rejected = "rejected",
    }
}

/// A conclusion that is offered to the rep.
#[derive(Clone, Debug)]
pub struct Offer {
    pub id: Uuid,
    pub tenant: TenantId,
    pub org: OrgPath,
    /// The rep who was there.
    pub owner: Uuid,
    pub recording: Uuid,
    pub visit: Option<Uuid>,
    pub kind: ConclusionKind,
    pub state: OfferState,
    pub text: Option<String>,
    pub start_ms: i64,
    pub end_ms: i64,
    /// Fen.
    pub amount_minor: Option<i64>,
    pub date: Option<NaiveDate>,
    pub competitor: Option<String>,
    pub doubtful: bool,
    pub offered_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl Offer {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Recording, self.tenant, self.org.clone(), self.owner)
    }
}

/// The conclusion as the rep confirms it; what is not given stays as it was heard.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmInput {
    /// At most 500 characters.
    pub text: Option<String>,
    /// Fen; only of an amount.
    pub amount_minor: Option<i64>,
    pub date: Option<NaiveDate>,
    /// The competitor's name; only of a competitor.
    pub competitor: Option<String>,
}

impl ConfirmInput {
    /// What the rep corrected, checked against what kind of conclusion it is.
    pub fn checked(self, offer: &Offer) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let text = fields.optional("text", self.text.as_deref(), LONGEST_WORDS);
        let competitor = fields.optional("competitor", self.competitor.as_deref(), LONGEST_WORDS);
        let amount = self.amount_minor.or(offer.amount_minor);
        if offer.kind == ConclusionKind::Amount && amount.is_none_or(|amount| amount <= 0) {
            fields.wrong("amount_minor", "out_of_range", Text::new("须为正数", "must be more than 0"));
        }
        if offer.kind == ConclusionKind::Date && self.date.or(offer.date).is_none() {
            fields.wrong("date", "required", Text::new("请填写日期", "is required"));
        }
        if text.is_none() && offer.text.is_none() {
            fields.wrong("text", "required", Text::new("原话已删除，请填写", "is required: what was heard is deleted"));
        }
        fields.into_errors()?;
        Ok(Self { text, competitor, ..self })
    }
}

/// Yuan as fen; `None` when it does not fit.
pub fn fen(yuan: Decimal) -> Option<i64> {
    yuan.checked_mul(Decimal::ONE_HUNDRED)?.round().to_i64()
}

/// An objection that was heard in a recording.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub id: Uuid,
    pub tenant: TenantId,
    pub org: OrgPath,
    pub owner: Uuid,
    pub recording: Uuid,
    pub visit: Option<Uuid>,
    pub state: CandidateState,
    pub text: Option<String>,
    pub start_ms: i64,
    pub end_ms: i64,
    pub talk_track: Option<Uuid>,
    pub objection: Option<Uuid>,
    pub mined_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl Candidate {
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Recording, self.tenant, self.org.clone(), self.owner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(kind: ConclusionKind) -> Offer {
        Offer {
            id: Uuid::nil(),
            tenant: TenantId(Uuid::nil()),
            org: "/".parse().unwrap(),
            owner: Uuid::nil(),
            recording: Uuid::nil(),
            visit: None,
            kind,
            state: OfferState::Offered,
            text: Some("八十万左右".into()),
            start_ms: 0,
            end_ms: 1,
            amount_minor: None,
            date: None,
            competitor: None,
            doubtful: false,
            offered_at: DateTime::UNIX_EPOCH,
            decided_at: None,
            version: 1,
        }
    }

    #[test]
    fn an_amount_is_confirmed_with_an_amount_and_a_date_with_a_date() {
        let empty = ConfirmInput::default();
        assert!(empty.clone().checked(&offer(ConclusionKind::Amount)).is_err());
        assert!(empty.clone().checked(&offer(ConclusionKind::Date)).is_err());
        assert!(empty.checked(&offer(ConclusionKind::Need)).is_ok());
        let amount = ConfirmInput { amount_minor: Some(80_000_000), ..ConfirmInput::default() };
        assert!(amount.checked(&offer(ConclusionKind::Amount)).is_ok());
    }

    #[test]
    fn yuan_are_a_hundred_fen() {
        assert_eq!(fen("800000.05".parse().unwrap()), Some(80_000_005));
        assert_eq!(fen(Decimal::MAX), None);
    }
}
