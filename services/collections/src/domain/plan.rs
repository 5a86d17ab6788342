//! The payment plan: instalments, and which of them a payment fills.

use chrono::{DateTime, NaiveTime, Utc};
use kernel::Money;
use kernel::money::MoneyError;

/// One part of what is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instalment {
    /// 1, 2, … in the contract's order.
    pub position: i16,
    /// `prepayment`, `on_delivery`, `net_30`, `retention`, or `full` where the contract has no plan.
    pub kind: String,
    pub percent: i16,
    pub amount: Money,
    pub paid: Money,
    pub due_at: DateTime<Utc>,
}

/// What is due on a day is overdue from the next day on, in China: before this moment it had to be paid.
pub fn overdue_before(now: DateTime<Utc>) -> DateTime<Utc> {
    let here = process::calendar::shanghai(now);
    now - (here.time() - NaiveTime::MIN)
}

/// An instalment as the contract states it. Without amounts, the percentages decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub kind: String,
    pub percent: u32,
    pub amount: Option<Money>,
    pub due_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("the amount owed is not positive")]
    NothingOwed,
    #[error("the instalments add up to {found} instead of {expected}")]
    Mismatch { expected: i64, found: i64 },
    #[error("an instalment is negative")]
    Negative,
    #[error("percentages add up to {0}")]
    Percentages(u32),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The part of a payment that fills one instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub position: i16,
    pub amount: Money,
}

/// Where a payment goes. Parts and rest always add up to the payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    pub parts: Vec<Part>,
    pub unallocated: Money,
}

impl Instalment {
    pub fn outstanding(&self) -> Money {
        Money::new(self.amount.minor - self.paid.minor, self.amount.currency)
    }
}

/// The instalments of a contract; one over everything, due at once, when it names none.
pub fn plan(total: Money, signed_at: DateTime<Utc>, planned: Vec<Planned>) -> Result<Vec<Instalment>, PlanError> {
    if total.minor <= 0 {
        return Err(PlanError::NothingOwed);
    }
    let planned = if planned.is_empty() { vec![everything(total)] } else { planned };
    let amounts = amounts(total, &planned)?;
    let instalments = planned.into_iter().zip(amounts).zip(1..).map(|((planned, amount), position)| Instalment {
        position,
        kind: planned.kind,
        percent: i16::try_from(planned.percent).unwrap_or(100),
        amount,
        paid: Money::zero(total.currency),
        due_at: planned.due_at.unwrap_or(signed_at),
    });
    Ok(instalments.collect())
}

fn everything(total: Money) -> Planned {
    Planned { kind: "full".into(), percent: 100, amount: Some(total), due_at: None }
}

fn amounts(total: Money, planned: &[Planned]) -> Result<Vec<Money>, PlanError> {
    let percents: Vec<u32> = planned.iter().map(|one| one.percent).collect();
    let stated: Option<Vec<Money>> = planned.iter().map(|one| one.amount).collect();
    let amounts = match stated {
        Some(amounts) => amounts,
        None => match percents.iter().sum() {
            100 => total.split(&percents)?,
            sum => return Err(PlanError::Percentages(sum)),
        },
    };
    let sum = amounts.iter().try_fold(Money::zero(total.currency), |sum, amount| sum.checked_add(*amount))?;
    if amounts.iter().any(|amount| amount.minor < 0) {
        return Err(PlanError::Negative);
    }
    if sum != total {
        return Err(PlanError::Mismatch { expected: total.minor, found: sum.minor });
    }
    Ok(amounts)
}

/// Fills instalments in the order in which they are due; what is left over stays unallocated.
pub fn allocate(instalments: &[Instalment], payment: Money) -> Result<Allocation, MoneyError> {
    let mut by_due: Vec<&Instalment> = instalments.iter().collect();
    by_due.sort_by_key(|instalment| (instalment.due_at, instalment.position));
    let mut rest = payment;
    let mut parts = Vec::new();
    for instalment in by_due {
        let minor = rest.minor.min(instalment.outstanding().minor);
        if minor <= 0 {
            continue;
        }
        let amount = Money::new(minor, instalment.amount.currency);
        rest = rest.checked_sub(amount)?;
        parts.push(Part { position: instalment.position, amount });
    }
    Ok(Allocation { parts, unallocated: rest })
}

/// The first instalment, in due order, that is not paid in full.
pub fn next_due(instalments: &[Instalment]) -> Option<&Instalment> {
    let open = instalments.iter().filter(|instalment| instalment.outstanding().minor > 0);
    open.min_by_key(|instalment| (instalment.due_at, instalment.position))
}

#[cfg(test)]
mod tests {
    use kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    fn day(day: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + day * 86_400, 0).expect("valid")
    }

    fn planned(percent: u32, minor: Option<i64>) -> Planned {
        Planned { kind: "net_30".into(), percent, amount: minor.map(Money::cny), due_at: Some(day(1)) }
    }

    fn instalments() -> impl Strategy<Value = Vec<Instalment>> {
        prop::collection::vec((0_i64..1_000_000, 0_i64..=100, 0_i64..5), 1..8).prop_map(|rows| {
            let one = |(at, (minor, paid_percent, due)): (usize, (i64, i64, i64))| Instalment {
                position: i16::try_from(at).expect("few") + 1,
                kind: "net_30".into(),
                percent: 10,
                amount: Money::cny(minor),
                paid: Money::cny(minor * paid_percent / 100),
                due_at: day(due),
            };
            rows.into_iter().enumerate().map(one).collect()
        })
    }

    #[test]
    fn what_is_due_today_is_overdue_from_midnight_in_shanghai() {
        let noon = DateTime::parse_from_rfc3339("2027-01-04T12:00:00+08:00").expect("valid").to_utc();
        let midnight = DateTime::parse_from_rfc3339("2027-01-04T00:00:00+08:00").expect("valid").to_utc();
        assert_eq!((overdue_before(noon), overdue_before(midnight)), (midnight, midnight));
    }

    #[test]
    fn a_contract_without_a_plan_is_due_at_once() {
        let plan = plan(Money::cny(500), day(0), vec![]).expect("a plan");
        assert_eq!((plan.len(), plan[0].amount, plan[0].due_at), (1, Money::cny(500), day(0)));
    }

    #[test]
    fn percentages_stand_in_for_amounts() {
        let plan = plan(Money::cny(1_001), day(0), vec![planned(30, None), planned(70, None)]).expect("a plan");
        assert_eq!(plan.iter().map(|one| one.amount.minor).collect::<Vec<_>>(), [300, 701]);
    }

    #[test]
    fn amounts_that_do_not_add_up_are_refused() {
        let found = plan(Money::cny(1_000), day(0), vec![planned(30, Some(300)), planned(70, Some(699))]);
        assert_eq!(found, Err(PlanError::Mismatch { expected: 1_000, found: 999 }));
        assert_eq!(plan(Money::cny(0), day(0), vec![]), Err(PlanError::NothingOwed));
        assert_eq!(plan(Money::cny(9), day(0), vec![planned(90, None)]), Err(PlanError::Percentages(90)));
    }

    proptest! {
        #[test]
        fn parts_and_rest_are_the_payment_and_nothing_is_overfilled(plan in instalments(), minor in 1_i64..10_000_000) {
            let payment = Money::cny(minor);
            let allocation = allocate(&plan, payment).expect("one currency");
            let filled: i64 = allocation.parts.iter().map(|part| part.amount.minor).sum();
            prop_assert_eq!(filled + allocation.unallocated.minor, minor);
            prop_assert!(allocation.unallocated.minor >= 0);
            for part in &allocation.parts {
                let instalment = plan.iter().find(|one| one.position == part.position).expect("of the plan");
                prop_assert!(part.amount.minor > 0 && part.amount.minor <= instalment.outstanding().minor);
            }
            let positions: std::collections::HashSet<_> = allocation.parts.iter().map(|part| part.position).collect();
            prop_assert_eq!(positions.len(), allocation.parts.len());
        }

        #[test]
        fn nothing_later_is_filled_before_what_is_due_earlier(plan in instalments(), minor in 1_i64..10_000_000) {
            let allocation = allocate(&plan, Money::cny(minor)).expect("one currency");
            let rest = |one: &Instalment| {
                let filled = allocation.parts.iter().find(|part| part.position == one.position);
                one.outstanding().minor - filled.map_or(0, |part| part.amount.minor)
            };
            let first_open = plan.iter().filter(|one| rest(one) > 0).map(|one| (one.due_at, one.position)).min();
            for part in &allocation.parts {
                let one = plan.iter().find(|one| one.position == part.position).expect("of the plan");
                prop_assert!(first_open.is_none_or(|open| (one.due_at, one.position) <= open));
            }
            if first_open.is_some() {
                prop_assert_eq!(allocation.unallocated, Money::zero(Currency::CNY));
            }
        }

        #[test]
        fn paying_in_two_parts_fills_what_one_payment_fills(plan in instalments(), a in 1_i64..3_000_000, b in 1_i64..3_000_000) {
            let mut in_parts = plan.clone();
            let mut left_over = 0;
            for minor in [a, b] {
                let allocation = allocate(&in_parts, Money::cny(minor)).expect("one currency");
                left_over += allocation.unallocated.minor;
                for part in allocation.parts {
                    let one = in_parts.iter_mut().find(|one| one.position == part.position).expect("of the plan");
                    one.paid.minor += part.amount.minor;
                }
            }
            let whole = allocate(&plan, Money::cny(a + b)).expect("one currency");
            prop_assert_eq!(whole.unallocated.minor, left_over);
        }
    }
}
