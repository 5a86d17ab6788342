//! Three budgets kept apart: what the customer says, what it costs, what finance authorises.

use chrono::{DateTime, Utc};
use kernel::{FieldError, Money, Text, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

choices! {
    /// Which of the three budgets.
    BudgetKind {
        /// Said by the customer, written down by the rep.
        CustomerStated = "customer_stated",
        /// What it costs at least, by the technical lead with a second factor.
        CostFloor = "cost_floor",
        /// What may be offered, by finance.
        AuthorisedRange = "authorised_range",
    }
}

/// From `low` to `high`, both included, in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Range {
    pub low: Money,
    pub high: Money,
}

impl Range {
    /// A range of amounts that are not negative; every wrong field otherwise.
    pub fn new(low: Money, high: Money) -> Result<Self, Vec<FieldError>> {
        let mut wrong = Vec::new();
        let negative = || Text::new("不能为负数", "must not be negative");
        for (field, money) in [("low", low), ("high", high)] {
            if money.minor < 0 {
                wrong.push(FieldError::new(field, "negative", negative()));
            }
        }
        if low.currency != high.currency {
            let reason = Text::new("上下限币种必须一致", "must be in the currency of low");
            wrong.push(FieldError::new("high", "currency_differs", reason));
        } else if low.minor > high.minor {
            wrong.push(FieldError::new("high", "below_low", Text::new("上限不能低于下限", "must not be below low")));
        }
        if wrong.is_empty() { Ok(Self { low, high }) } else { Err(wrong) }
    }

    fn intersects(self, other: Self) -> bool {
        self.low.minor <= other.high.minor && other.low.minor <= self.high.minor
    }
}

/// One budget, and who stated it when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    pub kind: BudgetKind,
    pub range: Range,
    pub by: Uuid,
    pub at: DateTime<Utc>,
}

choices! {
    /// How budgets contradict each other.
    Disagreement {
        CurrenciesDiffer = "currencies_differ",
        FloorAboveAuthorised = "floor_above_authorised",
        AuthorisedBelowFloor = "authorised_below_floor",
        StatedOutsideAuthorised = "stated_outside_authorised",
    }
}

/// Whatever of the three is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budgets {
    pub customer_stated: Option<Range>,
    pub cost_floor: Option<Range>,
    pub authorised_range: Option<Range>,
}

impl Budgets {
    pub fn of(stated: &[Stated]) -> Self {
        let find = |kind| stated.iter().find(|one| one.kind == kind).map(|one| one.range);
        Self {
            customer_stated: find(BudgetKind::CustomerStated),
            cost_floor: find(BudgetKind::CostFloor),
            authorised_range: find(BudgetKind::AuthorisedRange),
        }
    }

    /// How they contradict each other; nothing as long as one is missing.
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let (Some(stated), Some(floor), Some(authorised)) =
            (self.customer_stated, self.cost_floor, self.authorised_range)
        else {
            return Vec::new();
        };
        let currency = authorised.low.currency;
        if stated.low.currency != currency || floor.low.currency != currency {
            return vec![Disagreement::CurrenciesDiffer];
        }
        let mut found = Vec::new();
        if floor.low.minor > authorised.high.minor {
            found.push(Disagreement::FloorAboveAuthorised);
        } else if floor.low.minor > authorised.low.minor {
            found.push(Disagreement::AuthorisedBelowFloor);
        }
        if !stated.intersects(authorised) {
            found.push(Disagreement::StatedOutsideAuthorised);
        }
        found
    }

    /// All three are there and none contradicts another.
    pub fn agree(&self) -> bool {
        let complete = self.customer_stated.is_some() && self.cost_floor.is_some() && self.authorised_range.is_some();
        complete && self.disagreements().is_empty()
    }
}

impl Disagreement {
    /// What to tell people. Says no figure: not everybody may see the cost floor.
    pub fn explained(self) -> FieldError {
        let (field, reason, remedy) = match self {
            Self::CurrenciesDiffer => (
                "budgets",
                Text::new("三本预算币种不一致", "the three budgets are in different currencies"),
                Text::new("用同一币种重新填报", "state all three in one currency"),
            ),
            Self::FloorAboveAuthorised => (
                "budgets.authorised_range",
                Text::new("成本底线高于授权区间上限", "the cost floor is above the authorised range"),
                Text::new(
                    "财务调整授权区间，或技术负责人复核成本底线",
                    "finance raises the range or the technical lead reviews the cost floor",
                ),
            ),
            Self::AuthorisedBelowFloor => (
                "budgets.authorised_range",
                Text::new("授权区间下限低于成本底线", "the authorised range begins below the cost floor"),
                Text::new("财务把授权下限提到成本底线以上", "finance raises the lower end to the cost floor"),
            ),
            Self::StatedOutsideAuthorised => (
                "budgets.customer_stated",
                Text::new("客户口径预算与授权区间没有交集", "the customer's budget does not meet the authorised range"),
                Text::new(
                    "与客户重新确认预算，或由财务调整授权区间",
                    "confirm the budget with the customer again, or finance adjusts the range",
                ),
            ),
        };
        FieldError::new(field, self.as_str(), reason).with_remedy(remedy)
    }
}

#[cfg(test)]
mod tests {
    use kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    fn range(low: i64, high: i64) -> Range {
        Range::new(Money::cny(low), Money::cny(high)).expect("a range")
    }

    fn budgets(stated: (i64, i64), floor: (i64, i64), authorised: (i64, i64)) -> Budgets {
        Budgets {
            customer_stated: Some(range(stated.0, stated.1)),
            cost_floor: Some(range(floor.0, floor.1)),
            authorised_range: Some(range(authorised.0, authorised.1)),
        }
    }

    #[test]
    fn each_contradiction_has_its_name() {
        assert_eq!(budgets((10, 20), (5, 9), (8, 15)).disagreements(), []);
        assert_eq!(budgets((10, 20), (16, 18), (8, 15)).disagreements(), [Disagreement::FloorAboveAuthorised]);
        assert_eq!(budgets((10, 20), (9, 18), (8, 15)).disagreements(), [Disagreement::AuthorisedBelowFloor]);
        assert_eq!(budgets((1, 7), (5, 9), (8, 15)).disagreements(), [Disagreement::StatedOutsideAuthorised]);
    }

    #[test]
    fn different_currencies_are_not_compared() {
        let mut mixed = budgets((10, 20), (5, 9), (8, 15));
        let dollar = |minor| Money::new(minor, Currency::USD);
        mixed.cost_floor = Some(Range::new(dollar(5), dollar(9)).expect("a range"));
        assert_eq!(mixed.disagreements(), [Disagreement::CurrenciesDiffer]);
    }

    #[test]
    fn a_range_names_every_wrong_field() {
        let wrong = Range::new(Money::cny(-1), Money::new(-2, Currency::USD)).expect_err("wrong");
        let found: Vec<_> = wrong.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
        assert_eq!(found, [("low", "negative"), ("high", "negative"), ("high", "currency_differs")]);
        assert!(Range::new(Money::cny(2), Money::cny(1)).is_err());
    }

    fn any_range() -> impl Strategy<Value = (i64, i64)> {
        (0_i64..1_000, 0_i64..1_000).prop_map(|(low, width)| (low, low + width))
    }

    proptest! {
        #[test]
        fn agreement_is_exactly_the_rule(stated in any_range(), floor in any_range(), authorised in any_range()) {
            let expected = floor.0 <= authorised.1
                && authorised.0 >= floor.0
                && stated.0 <= authorised.1
                && authorised.0 <= stated.1;
            let all = budgets(stated, floor, authorised);
            prop_assert_eq!(all.agree(), expected);
            prop_assert_eq!(all.disagreements().is_empty(), expected);
        }

        #[test]
        fn a_missing_budget_never_disagrees_and_never_agrees(
            stated in any_range(), floor in any_range(), authorised in any_range(), missing in 0_usize..3,
        ) {
            let mut some = budgets(stated, floor, authorised);
            [&mut some.customer_stated, &mut some.cost_floor, &mut some.authorised_range][missing].take();
            prop_assert!(some.disagreements().is_empty());
            prop_assert!(!some.agree());
        }

        #[test]
        fn widening_what_the_customer_says_never_breaks_agreement(
            stated in any_range(), floor in any_range(), authorised in any_range(), more in 0_i64..500,
        ) {
            prop_assume!(budgets(stated, floor, authorised).agree());
            prop_assert!(budgets((stated.0, stated.1 + more), floor, authorised).agree());
        }

        #[test]
        fn a_lower_cost_floor_never_breaks_agreement(
            stated in any_range(), floor in any_range(), authorised in any_range(), less in 0_i64..500,
        ) {
            prop_assume!(budgets(stated, floor, authorised).agree());
            prop_assert!(budgets(stated, ((floor.0 - less).max(0), floor.1), authorised).agree());
        }
    }
}
