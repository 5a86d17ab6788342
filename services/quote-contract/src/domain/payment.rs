//! When a contract's money is due, in parts that add up to the whole.

use chrono::{DateTime, Duration, Utc};
use kernel::money::MoneyError;
use kernel::{FieldError, Money, Text, choices};
use serde::{Deserialize, Serialize};

const MOST_PARTS: usize = 24;
const LONGEST_DAYS: u32 = 3_650;
const NET_DAYS: u32 = 30;

choices! {
    PaymentKind {
        /// Counted from signing.
        Prepayment = "prepayment",
        /// Counted from the promised delivery, like all that follow.
        OnDelivery = "on_delivery",
        Net30 = "net_30",
        Retention = "retention",
    }
}

impl PaymentKind {
    pub fn label(self) -> &'static str {
        match self {
            Self::Prepayment => "预付款",
            Self::OnDelivery => "到货款",
            Self::Net30 => "月结款",
            Self::Retention => "质保金",
        }
    }
}

/// One part of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Installment {
    pub kind: PaymentKind,
    #[schema(minimum = 1, maximum = 100)]
    pub percent: u32,
    /// Days after signing or promised delivery; `net_30` without days means 30.
    #[serde(default)]
    pub days: u32,
}

/// One part with its amount and date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    pub kind: PaymentKind,
    pub percent: u32,
    pub amount: Money,
    pub due_at: DateTime<Utc>,
}

/// Everything wrong with a plan, field by field.
pub fn plan_faults(plan: &[Installment]) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if plan.len() > MOST_PARTS {
        let reason = Text::new(format!("最多 {MOST_PARTS} 期"), format!("at most {MOST_PARTS} parts"));
        faults.push(FieldError::new("payment_plan", "too_long", reason));
    }
    for (at, part) in plan.iter().enumerate() {
        if part.percent == 0 || part.percent > 100 {
            let reason = Text::new("须在 1 到 100 之间", "must be between 1 and 100");
            faults.push(FieldError::new(format!("payment_plan[{at}].percent"), "out_of_range", reason));
        }
        if part.days > LONGEST_DAYS {
            let reason = Text::new(format!("最多 {LONGEST_DAYS} 天"), format!("at most {LONGEST_DAYS} days"));
            faults.push(FieldError::new(format!("payment_plan[{at}].days"), "out_of_range", reason));
        }
    }
    let sum: u64 = plan.iter().map(|part| u64::from(part.percent)).sum();
    if sum != 100 {
        let reason = Text::new(format!("各期比例之和须为 100，现为 {sum}"), format!("must add up to 100, is {sum}"));
        faults.push(FieldError::new("payment_plan", "not_100_percent", reason));
    }
    faults
}

/// The plan with amounts and dates; the amounts add up to `total`.
pub fn schedule(
    plan: &[Installment],
    total: Money,
    signed_at: DateTime<Utc>,
    promised_at: DateTime<Utc>,
) -> Result<Vec<Payment>, MoneyError> {
    let percents: Vec<_> = plan.iter().map(|part| part.percent).collect();
    let amounts = total.split(&percents)?;
    let payment = |(part, amount): (&Installment, Money)| Payment {
        kind: part.kind,
        percent: part.percent,
        amount,
        due_at: due(part, signed_at, promised_at),
    };
    Ok(plan.iter().zip(amounts).map(payment).collect())
}

fn due(part: &Installment, signed_at: DateTime<Utc>, promised_at: DateTime<Utc>) -> DateTime<Utc> {
    let (from, days) = match part.kind {
        PaymentKind::Prepayment => (signed_at, part.days),
        PaymentKind::Net30 if part.days == 0 => (promised_at, NET_DAYS),
        _ => (promised_at, part.days),
    };
    from + Duration::days(i64::from(days))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(kind: PaymentKind, percent: u32, days: u32) -> Installment {
        Installment { kind, percent, days }
    }

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("valid") + Duration::days(day)
    }

    #[test]
    fn prepayment_counts_from_signing_and_the_rest_from_the_promise() {
        let plan = [
            part(PaymentKind::Prepayment, 30, 7),
            part(PaymentKind::OnDelivery, 60, 0),
            part(PaymentKind::Net30, 5, 0),
            part(PaymentKind::Retention, 5, 365),
        ];
        let payments = schedule(&plan, Money::cny(100_001), at(0), at(60)).expect("in range");
        let due: Vec<_> = payments.iter().map(|payment| payment.due_at).collect();
        assert_eq!(due, [at(7), at(60), at(90), at(425)]);
        assert_eq!(payments[3].amount, Money::cny(5_000), "the last part takes what rounding left");
        assert!(plan_faults(&plan).is_empty());
    }

    #[test]
    fn a_plan_must_add_up_to_100() {
        let codes = |plan: &[Installment]| plan_faults(plan).into_iter().map(|fault| fault.code).collect::<Vec<_>>();
        assert_eq!(codes(&[]), ["not_100_percent"]);
        assert_eq!(
            codes(&[part(PaymentKind::Prepayment, 0, 0), part(PaymentKind::Net30, 100, 9999)]),
            ["out_of_range"; 2]
        );
    }

    proptest! {
        #[test]
        fn amounts_always_add_up(minor in 1_i64..1_000_000_000_000, first in 1_u32..98, second in 1_u32..98) {
            prop_assume!(first + second < 100);
            let plan = [
                part(PaymentKind::Prepayment, first, 0),
                part(PaymentKind::OnDelivery, second, 0),
                part(PaymentKind::Retention, 100 - first - second, 0),
            ];
            let payments = schedule(&plan, Money::cny(minor), at(0), at(30)).expect("in range");
            prop_assert_eq!(payments.iter().map(|payment| payment.amount.minor).sum::<i64>(), minor);
        }
    }
}
