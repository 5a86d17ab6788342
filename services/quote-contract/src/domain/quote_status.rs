//! Where a revision of a quote stands.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteStatus {
    /// Still being written.
    Draft,
    PendingApproval,
    /// A live promise, not yet told to the customer.
    Approved,
    /// A live promise that the customer has.
    Sent,
    Rejected,
    /// A newer promise has taken its place.
    Superseded,
    Expired,
    /// A contract was made from it.
    Contracted,
}

impl QuoteStatus {
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::PendingApproval,
        Self::Approved,
        Self::Sent,
        Self::Rejected,
        Self::Superseded,
        Self::Expired,
        Self::Contracted,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::PendingApproval => "pending_approval",
            Self::Approved => "approved",
            Self::Sent => "sent",
            Self::Rejected => "rejected",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
            Self::Contracted => "contracted",
        }
    }

    /// As it is called on paper and on the verification page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::PendingApproval => "审批中",
            Self::Approved => "已批准",
            Self::Sent => "已发送",
            Self::Rejected => "已驳回",
            Self::Superseded => "已被新版本取代",
            Self::Expired => "已过期",
            Self::Contracted => "已签合同",
        }
    }

    /// A price the company stands by.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Approved | Self::Sent)
    }

    /// Changed in place; everything later is changed by a new revision.
    pub fn is_editable(self) -> bool {
        self == Self::Draft
    }

    /// Nobody has decided on it yet, so it must not be shown as an offer.
    pub fn was_approved(self) -> bool {
        !matches!(self, Self::Draft | Self::PendingApproval | Self::Rejected)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("unknown quote status {0:?}")]
pub struct UnknownStatus(pub String);

impl FromStr for QuoteStatus {
    type Err = UnknownStatus;

    fn from_str(name: &str) -> Result<Self, UnknownStatus> {
        Self::ALL.into_iter().find(|status| status.as_str() == name).ok_or_else(|| UnknownStatus(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_back_and_match_their_json() {
        for status in QuoteStatus::ALL {
            assert_eq!(status.as_str().parse::<QuoteStatus>().expect("known"), status);
            assert_eq!(serde_json::to_string(&status).expect("json"), format!("\"{}\"", status.as_str()));
        }
    }

    #[test]
    fn what_is_live_was_approved_and_cannot_be_edited() {
        for status in QuoteStatus::ALL.into_iter().filter(|status| status.is_live()) {
            assert!(status.was_approved() && !status.is_editable());
        }
    }
}
