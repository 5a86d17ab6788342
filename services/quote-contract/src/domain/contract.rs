//! What a contract says besides its clauses, and where it stands.

use chrono::{DateTime, Utc};
use kernel::{Money, choices};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::payment::Installment;
use super::quote::{Line, Totals};

choices! {
    ContractStatus {
        Draft = "draft",
        PendingApproval = "pending_approval",
        Approved = "approved",
        /// Sent back; may be changed and submitted again.
        Rejected = "rejected",
        /// One party has signed.
        Signing = "signing",
        Signed = "signed",
    }
}

impl ContractStatus {
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::PendingApproval => "审批中",
            Self::Approved => "待签署",
            Self::Rejected => "已退回",
            Self::Signing => "签署中",
            Self::Signed => "已签署",
        }
    }

    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::Rejected)
    }

    pub fn may_be_signed(self) -> bool {
        matches!(self, Self::Approved | Self::Signing)
    }
}

/// The business part of a contract; the price is the quote's and cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContractTerms {
    pub company: String,
    pub subject: String,
    pub destination: String,
    pub customer_type: String,
    pub delivery_place: String,
    pub lead_time_days: i64,
    pub promised_delivery_at: DateTime<Utc>,
    pub payment_plan: Vec<Installment>,
    pub lines: Vec<Line>,
    pub totals: Totals,
}

impl ContractTerms {
    /// The tax rate of the invoice: the one rate of all lines, or the tax as a share of the net when
    /// rates differ, in percent.
    pub fn tax_rate(&self) -> Decimal {
        let first = self.lines.first().map(|line| line.tax_rate).unwrap_or_default();
        if self.lines.iter().all(|line| line.tax_rate == first) || self.totals.net.minor == 0 {
            return first;
        }
        let share = self.totals.tax.to_decimal() / self.totals.net.to_decimal();
        (share * Decimal::ONE_HUNDRED).round_dp(2)
    }

    pub fn total(&self) -> Money {
        self.totals.total
    }

    pub fn categories(&self) -> Vec<&str> {
        self.lines.iter().map(|line| line.category.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;
    use crate::domain::quote::tests::line;

    fn terms(rates: &[i64]) -> ContractTerms {
        let priced = |rate: &i64| {
            let mut line = line(10_000, 1, Decimal::ONE, Decimal::ZERO);
            line.tax_rate = Decimal::from(*rate);
            line.tax = Money::cny(100 * rate);
            line
        };
        let lines: Vec<_> = rates.iter().map(priced).collect();
        ContractTerms {
            company: "临溪水务有限公司".into(),
            subject: String::new(),
            destination: "domestic".into(),
            customer_type: "standard".into(),
            delivery_place: String::new(),
            lead_time_days: 30,
            promised_delivery_at: DateTime::from_timestamp(1_800_000_000, 0).expect("valid"),
            payment_plan: Vec::new(),
            totals: Totals::of(&lines, Currency::CNY).expect("in range"),
            lines,
        }
    }

    #[test]
    fn one_rate_is_the_rate_and_several_are_weighed() {
        assert_eq!(terms(&[13, 13]).tax_rate(), Decimal::from(13));
        assert_eq!(terms(&[13, 6]).tax_rate(), Decimal::new(950, 2));
    }

    #[test]
    fn what_may_be_signed_may_not_be_edited() {
        for status in ContractStatus::ALL {
            assert!(!(status.is_editable() && status.may_be_signed()));
        }
    }
}
