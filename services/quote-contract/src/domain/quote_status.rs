//! Where a revision of a quote stands.

use kernel::choices;

choices! {
    QuoteStatus {
        /// Still being written.
        Draft = "draft",
        PendingApproval = "pending_approval",
        /// A live promise, not yet told to the customer.
        Approved = "approved",
        /// A live promise that the customer has.
        Sent = "sent",
        Rejected = "rejected",
        /// A newer promise has taken its place.
        Superseded = "superseded",
        Expired = "expired",
        /// A contract was made from it.
        Contracted = "contracted",
    }
}

impl QuoteStatus {
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
            Self::Contracted => "已生成合同",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_live_was_approved_and_cannot_be_edited() {
        for status in QuoteStatus::ALL.iter().filter(|status| status.is_live()) {
            assert!(status.was_approved() && !status.is_editable());
        }
    }
}
