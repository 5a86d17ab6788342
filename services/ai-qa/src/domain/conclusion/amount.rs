//! Sums of money that were spoken of.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;

use super::super::scoring::clause::Clause;
use super::super::scoring::quantity::Dimension;

/// From here on a sum speaks for itself.
const LARGE: f64 = 1_000.0;
const SUM: f64 = 10_000.0;

/// What makes a sum of a number.
const ABOUT_MONEY: &[&str] =
    &["预算", "价", "合同", "付", "款", "订金", "定金", "金额", "总共", "一共", "投入", "费", "出到", "块", "元"];

/// The sums in a clause, in yuan, and where they stand.
pub fn amounts(clause: &Clause) -> Vec<(Decimal, usize, usize)> {
    let text = clause.text();
    let about_money = ABOUT_MONEY.iter().any(|word| text.contains(word));
    let is_sum = |dimension: Dimension, value: f64| match dimension {
        Dimension::Money => value >= LARGE || about_money && value >= 1.0,
        Dimension::Bare => about_money && value >= SUM,
        _ => false,
    };
    let sums = clause.quantities.iter().filter(|one| is_sum(one.dimension, one.value));
    sums.filter_map(|one| {
        Some((Decimal::from_f64((one.value * 100.0).round() / 100.0)?.normalize(), one.start, one.end))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::scoring::clause::clauses;
    use super::*;

    fn all(text: &str) -> Vec<String> {
        clauses(text).iter().flat_map(amounts).map(|(amount, _, _)| amount.to_string()).collect()
    }

    #[test]
    fn sums_are_told_from_other_numbers() {
        assert_eq!(all("我们预算三十万左右，最多三十五万元"), ["300000", "350000"]);
        assert_eq!(all("一个月两百九十九块"), ["299"]);
        assert_eq!(all("我们厂有三万人，二十台机器，做了十年"), Vec::<String>::new());
    }
}
