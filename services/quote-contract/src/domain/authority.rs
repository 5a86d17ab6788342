//! How far somebody may go below the list price without asking, and what lies below that.
//!
//! A role's own limit grows by the rebate that the customer's store tier is due anyway, and never
//! beyond the ceiling of the customer's grade. What is not listed counts as nothing.

use std::collections::BTreeMap;

use kernel::money::MoneyError;
use kernel::{FieldError, Money, Role, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::decimal::{check_range, fraction, plain};
use super::quote::Line;

/// The table that operations edit. All figures are percentages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The highest discount a customer of a grade (A, B, C, D) gets without approval.
    #[schema(value_type = BTreeMap<String, String>)]
    pub grades: BTreeMap<String, Decimal>,
    /// The rebate a store tier (ka, community) is due.
    #[schema(value_type = BTreeMap<String, String>)]
    pub tiers: BTreeMap<String, Decimal>,
    /// What a role gives away on its own.
    #[schema(value_type = BTreeMap<String, String>)]
    pub roles: BTreeMap<Role, Decimal>,
    /// A line sold below cost plus this much needs finance.
    #[schema(value_type = String)]
    pub floor_margin_percent: Decimal,
}

/// Who asks, and for whom.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    pub roles: &'a [Role],
    pub grade: &'a str,
    pub tier: &'a str,
    /// What finance has authorised at least for the opportunity.
    pub authorised_low: Option<Money>,
}

/// What the table says about a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub limit_percent: Decimal,
    /// A line's discount is beyond the limit.
    pub below_authority: bool,
    /// A line is sold below cost plus the floor margin, or the total below the authorised range.
    pub below_floor: bool,
    /// Each finding, for those who decide.
    pub reasons: Vec<Text>,
}

impl Authority {
    /// Everything wrong with the table, field by field.
    pub fn faults(&self) -> Vec<FieldError> {
        let grades = self.grades.iter().map(|(name, value)| (format!("grades.{name}"), value));
        let tiers = self.tiers.iter().map(|(name, value)| (format!("tiers.{name}"), value));
        let roles = self.roles.iter().map(|(role, value)| (format!("roles.{}", role.as_str()), value));
        let floor = [("floor_margin_percent".to_owned(), &self.floor_margin_percent)];
        let all = grades.chain(tiers).chain(roles).chain(floor);
        all.filter_map(|(field, value)| check_range(field, *value, 0, 100)).collect()
    }

    /// The highest discount that needs no approval.
    pub fn limit(&self, setting: Setting<'_>) -> Decimal {
        let own = setting.roles.iter().filter_map(|role| self.roles.get(role)).max().copied().unwrap_or_default();
        let rebate = self.tiers.get(setting.tier).copied().unwrap_or_default();
        let ceiling = self.grades.get(setting.grade).copied().unwrap_or_default();
        (own + rebate).min(ceiling)
    }

    /// Judges every line, and the total against what finance has authorised.
    pub fn judge(&self, setting: Setting<'_>, lines: &[Line], total: Money) -> Result<Judgement, MoneyError> {
        let limit = self.limit(setting);
        let mut judgement =
            Judgement { limit_percent: limit, below_authority: false, below_floor: false, reasons: Vec::new() };
        for (at, line) in lines.iter().enumerate() {
            self.judge_line(at + 1, line, &mut judgement)?;
        }
        if let Some(low) =
            setting.authorised_low.filter(|low| total.currency == low.currency && total.minor < low.minor)
        {
            judgement.below_floor = true;
            let (total, low) = (total.readable(), low.readable());
            judgement.reasons.push(Text::new(
                format!("总价 {total} 低于财务授权下限 {low}"),
                format!("the total of {total} is below the {low} that finance has authorised"),
            ));
        }
        Ok(judgement)
    }

    fn judge_line(&self, number: usize, line: &Line, judgement: &mut Judgement) -> Result<(), MoneyError> {
        let code = &line.product_code;
        if line.discount_percent > judgement.limit_percent {
            let (asked, limit) = (plain(line.discount_percent), plain(judgement.limit_percent));
            judgement.below_authority = true;
            judgement.reasons.push(Text::new(
                format!("第 {number} 行 {code}：折扣 {asked}% 超出权限（{limit}%）"),
                format!("line {number}, {code}: a discount of {asked}% is beyond the authority of {limit}%"),
            ));
        }
        let factor = Decimal::ONE + fraction(self.floor_margin_percent);
        let floor = line.unit_cost.checked_mul(line.quantity.checked_mul(factor).ok_or(MoneyError::OutOfRange)?)?;
        if line.net.minor < floor.minor {
            judgement.below_floor = true;
            judgement.reasons.push(Text::new(
                format!("第 {number} 行 {code}：净价低于成本底线"),
                format!("line {number}, {code}: the net price is below the cost floor"),
            ));
        }
        Ok(())
    }
}

impl Judgement {
    pub fn needs_approval(&self) -> bool {
        self.below_authority || self.below_floor
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::quote::tests::line;

    fn percent(value: i64) -> Decimal {
        Decimal::from(value)
    }

    fn table() -> Authority {
        let named =
            |pairs: &[(&str, i64)]| pairs.iter().map(|(name, value)| ((*name).into(), percent(*value))).collect();
        Authority {
            grades: named(&[("A", 20), ("B", 15), ("C", 10), ("D", 5)]),
            tiers: named(&[("ka", 8), ("community", 5)]),
            roles: [(Role::SalesRep, percent(5)), (Role::SalesManager, percent(10))].into(),
            floor_margin_percent: percent(5),
        }
    }

    fn setting<'a>(roles: &'a [Role], grade: &'a str, tier: &'a str) -> Setting<'a> {
        Setting { roles, grade, tier, authorised_low: None }
    }

    #[test]
    fn a_rep_gives_a_ka_store_its_rebate_and_the_own_limit() {
        assert_eq!(table().limit(setting(&[Role::SalesRep], "A", "ka")), percent(13));
        assert_eq!(table().limit(setting(&[Role::SalesRep], "A", "community")), percent(10));
        assert_eq!(table().limit(setting(&[Role::SalesRep], "A", "standard")), percent(5));
    }

    #[test]
    fn the_grade_is_the_ceiling_and_the_unknown_counts_as_nothing() {
        assert_eq!(table().limit(setting(&[Role::SalesManager], "C", "ka")), percent(10));
        assert_eq!(table().limit(setting(&[Role::SalesManager], "", "ka")), percent(0));
        assert_eq!(table().limit(setting(&[Role::Legal], "A", "standard")), percent(0));
    }

    #[test]
    fn a_line_below_cost_needs_finance_even_within_authority() {
        let lines = [line(10_000, 9_800, percent(3), percent(2))];
        let judged = table().judge(setting(&[Role::SalesRep], "A", "ka"), &lines, Money::cny(1)).expect("in range");
        assert_eq!((judged.below_authority, judged.below_floor, judged.reasons.len()), (false, true, 1));
    }

    #[test]
    fn a_total_below_the_authorised_range_needs_finance() {
        let lines = [line(10_000, 1_000, percent(1), percent(0))];
        let setting = Setting { authorised_low: Some(Money::cny(20_000)), ..setting(&[Role::SalesRep], "A", "ka") };
        let judged = table().judge(setting, &lines, Money::cny(11_300)).expect("in range");
        assert!(judged.below_floor && judged.needs_approval());
    }

    #[test]
    fn percentages_outside_0_to_100_are_refused_by_name() {
        let mut wrong = table();
        wrong.roles.insert(Role::SalesRep, percent(101));
        wrong.tiers.insert("ka".into(), percent(-1));
        let fields: Vec<_> = wrong.faults().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["tiers.ka", "roles.sales_rep"]);
    }

    proptest! {
        #[test]
        fn the_limit_never_exceeds_the_ceiling_nor_own_limit_plus_rebate(
            ceiling in 0_i64..100, rebate in 0_i64..100, own in 0_i64..100,
        ) {
            let table = Authority {
                grades: [("A".to_owned(), percent(ceiling))].into(),
                tiers: [("ka".to_owned(), percent(rebate))].into(),
                roles: [(Role::SalesRep, percent(own))].into(),
                floor_margin_percent: percent(0),
            };
            let limit = table.limit(setting(&[Role::SalesRep], "A", "ka"));
            prop_assert!(limit <= percent(ceiling) && limit <= percent(own + rebate));
            prop_assert!(limit == percent(ceiling) || limit == percent(own + rebate));
        }

        #[test]
        fn a_further_role_never_narrows_authority(grade in "[A-D]", tier in "(ka|community|standard)") {
            let one = table().limit(setting(&[Role::SalesRep], &grade, &tier));
            let both = table().limit(setting(&[Role::SalesRep, Role::SalesManager], &grade, &tier));
            prop_assert!(both >= one);
        }

        #[test]
        fn no_discount_above_cost_never_needs_approval(list in 1_000_i64..1_000_000, grade in "[A-D]") {
            let lines = [line(list, list / 2, percent(3), percent(0))];
            let judged = table().judge(setting(&[Role::SalesRep], &grade, ""), &lines, lines[0].net).expect("in range");
            prop_assert!(!judged.needs_approval());
        }

        #[test]
        fn a_discount_beyond_the_limit_always_needs_approval(over in 1_i64..80, grade in "[A-D]", tier in "(ka|community)") {
            let limit = table().limit(setting(&[Role::SalesRep], &grade, &tier));
            let lines = [line(100_000, 1, percent(1), limit + percent(over))];
            let judged = table().judge(setting(&[Role::SalesRep], &grade, &tier), &lines, lines[0].net).expect("in range");
            prop_assert!(judged.below_authority);
        }
    }
}
