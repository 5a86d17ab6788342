//! Grade A to D from a year of signed orders.

use chrono::{DateTime, Duration, Utc};
use kernel::{Currency, Money, Text, choices};
use serde::Deserialize;

const YEAR_DAYS: i64 = 365;
const QUARTERS: i64 = 4;

choices! {
    /// How much a customer buys; A buys most.
    Grade { A = "A", B = "B", C = "C", D = "D" }
}

/// From which yearly amount a grade begins, and what counts as stable.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRules {
    pub currency: Currency,
    /// Whole currency units; more than this in a year, and stable, is an A.
    pub a_over: i64,
    pub b_over: i64,
    pub c_over: i64,
    /// In how many of the last four quarters an order must have been signed to count as stable.
    pub stable_quarters: usize,
}

/// One signed order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    pub at: DateTime<Utc>,
    pub amount: Money,
}

/// A grade and the sentence that explains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    pub grade: Grade,
    pub reason: Text,
}

/// Judges the orders of the last 365 days that are in the rules' currency.
pub fn grade(orders: &[Order], rules: &GradeRules, now: DateTime<Utc>) -> Graded {
    let counted: Vec<_> = orders.iter().filter(|order| counts(order, rules, now)).collect();
    let minor = counted.iter().fold(0_i64, |sum, order| sum.saturating_add(order.amount.minor));
    let active = (0..QUARTERS).filter(|quarter| counted.iter().any(|order| quarter_of(order, now) == *quarter)).count();
    let stable = active >= rules.stable_quarters;
    let grade = grade_of(minor, stable, rules);
    Graded { grade, reason: reason(Money::new(minor, rules.currency), active, stable) }
}

fn counts(order: &Order, rules: &GradeRules, now: DateTime<Utc>) -> bool {
    order.amount.currency == rules.currency && order.at <= now && now - order.at < Duration::days(YEAR_DAYS)
}

/// 0 for the last quarter, 3 for the one a year ago.
fn quarter_of(order: &Order, now: DateTime<Utc>) -> i64 {
    ((now - order.at).num_days() * QUARTERS / YEAR_DAYS).min(QUARTERS - 1)
}

fn grade_of(minor: i64, stable: bool, rules: &GradeRules) -> Grade {
    let over = |limit: i64| minor > limit.saturating_mul(10_i64.pow(rules.currency.exponent()));
    if over(rules.a_over) && stable {
        Grade::A
    } else if over(rules.b_over) {
        Grade::B
    } else if over(rules.c_over) {
        Grade::C
    } else {
        Grade::D
    }
}

/// Why a customer without orders is a D.
pub fn nothing_signed() -> Text {
    Text::new("近 12 个月没有签约", "nothing signed in the last 12 months")
}

fn reason(total: Money, active: usize, stable: bool) -> Text {
    if total.minor == 0 {
        return nothing_signed();
    }
    let stable = if stable { Text::new("稳定", "stable") } else { Text::new("尚不稳定", "not stable yet") };
    let total = total.readable();
    Text::new(
        format!("近 12 个月签约 {total}，4 个季度中有 {active} 个有订单，{}", stable.zh),
        format!("{total} signed in the last 12 months, with orders in {active} of 4 quarters: {}", stable.en),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rules() -> GradeRules {
        GradeRules {
            currency: Currency::CNY,
            a_over: 3_000_000,
            b_over: 1_000_000,
            c_over: 200_000,
            stable_quarters: 3,
        }
    }

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(1_000)
    }

    fn order(days_ago: i64, yuan: i64) -> Order {
        Order { at: now() - Duration::days(days_ago), amount: Money::cny(yuan * 100) }
    }

    #[test]
    fn an_a_is_large_and_stable() {
        let steady = [order(10, 1_200_000), order(120, 1_000_000), order(250, 900_000)];
        assert_eq!(grade(&steady, &rules(), now()).grade, Grade::A);
        assert_eq!(grade(&[order(10, 5_000_000)], &rules(), now()).grade, Grade::B);
    }

    #[test]
    fn exactly_the_limit_is_not_over_it() {
        assert_eq!(grade(&[order(1, 200_000)], &rules(), now()).grade, Grade::D);
        assert_eq!(grade(&[order(1, 200_001)], &rules(), now()).grade, Grade::C);
    }

    #[test]
    fn old_orders_and_other_currencies_do_not_count() {
        let dollars = Order { at: now(), amount: Money::new(900_000_000, Currency::USD) };
        let graded = grade(&[order(366, 9_000_000), dollars], &rules(), now());
        assert_eq!((graded.grade, graded.reason.zh.as_str()), (Grade::D, "近 12 个月没有签约"));
    }

    proptest! {
        #[test]
        fn one_more_order_never_lowers_the_grade(
            orders in proptest::collection::vec((0_i64..500, 0_i64..2_000_000), 0..8),
            more in (0_i64..500, 0_i64..2_000_000),
        ) {
            let mut all: Vec<_> = orders.iter().map(|(days, yuan)| order(*days, *yuan)).collect();
            let before = grade(&all, &rules(), now()).grade;
            all.push(order(more.0, more.1));
            prop_assert!(grade(&all, &rules(), now()).grade <= before, "A sorts first");
        }
    }
}
