//! A quote's lines and totals. List prices are without tax; net and tax are rounded once per line.

use chrono::NaiveDate;
use kernel::money::MoneyError;
use kernel::{Currency, FieldError, Money, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::decimal::{check_range, fraction};

pub const MOST_LINES: usize = 200;
pub const LONGEST_VALIDITY_DAYS: i64 = 365;

/// What somebody asks a price for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineRequest {
    pub product_code: String,
    #[schema(value_type = String, example = "3")]
    pub quantity: Decimal,
    /// Off the list price.
    #[serde(default)]
    #[schema(value_type = String, example = "5")]
    pub discount_percent: Decimal,
}

/// A product as the catalogue prices it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricedProduct {
    pub code: String,
    pub number: i32,
    pub name_zh: String,
    pub name_en: String,
    pub category: String,
    pub unit: String,
    pub tax_rate: Decimal,
    pub price: Money,
    pub cost: Money,
}

/// One line of a quote, with everything that made its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub product_code: String,
    /// The version of the catalogue entry.
    pub product_number: i32,
    pub name_zh: String,
    pub name_en: String,
    pub category: String,
    pub unit: String,
    pub quantity: Decimal,
    pub list_price: Money,
    pub discount_percent: Decimal,
    pub tax_rate: Decimal,
    /// Quantity times list price less discount, without tax.
    pub net: Money,
    pub tax: Money,
    /// Seen only by those who may read costs.
    pub unit_cost: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Totals {
    /// At list prices, without tax.
    pub list: Money,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    /// What the customer pays.
    pub total: Money,
}

/// What a revision of a quote says. It never changes once submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteDocument {
    pub company: String,
    pub subject: String,
    pub customer_grade: String,
    pub store_tier: String,
    pub lines: Vec<Line>,
    pub totals: Totals,
    pub validity_days: i64,
    pub delivery_date: NaiveDate,
    pub note: String,
}

impl Line {
    /// Prices `request` at what the catalogue says now.
    pub fn price(request: &LineRequest, product: &PricedProduct) -> Result<Self, MoneyError> {
        let kept = Decimal::ONE - fraction(request.discount_percent);
        let factor = request.quantity.checked_mul(kept).ok_or(MoneyError::OutOfRange)?;
        let net = product.price.checked_mul(factor)?;
        Ok(Self {
            product_code: product.code.clone(),
            product_number: product.number,
            name_zh: product.name_zh.clone(),
            name_en: product.name_en.clone(),
            category: product.category.clone(),
            unit: product.unit.clone(),
            quantity: request.quantity,
            list_price: product.price,
            discount_percent: request.discount_percent,
            tax_rate: product.tax_rate,
            net,
            tax: net.checked_mul(fraction(product.tax_rate))?,
            unit_cost: product.cost,
        })
    }

    pub fn cost(&self) -> Result<Money, MoneyError> {
        self.unit_cost.checked_mul(self.quantity)
    }
}

impl Totals {
    pub fn of(lines: &[Line], currency: Currency) -> Result<Self, MoneyError> {
        let zero = Money::zero(currency);
        let (mut list, mut net, mut tax) = (zero, zero, zero);
        for line in lines {
            list = list.checked_add(line.list_price.checked_mul(line.quantity)?)?;
            net = net.checked_add(line.net)?;
            tax = tax.checked_add(line.tax)?;
        }
        Ok(Self { list, discount: list.checked_sub(net)?, net, tax, total: net.checked_add(tax)? })
    }
}

/// What is left of the net after costs, in percent of the net; `None` when nothing is charged.
pub fn margin_percent(lines: &[Line], totals: &Totals) -> Result<Option<Decimal>, MoneyError> {
    let mut cost = Money::zero(totals.net.currency);
    for line in lines {
        cost = cost.checked_add(line.cost()?)?;
    }
    if totals.net.minor == 0 {
        return Ok(None);
    }
    let left = totals.net.checked_sub(cost)?.to_decimal() / totals.net.to_decimal();
    Ok(Some((left * Decimal::ONE_HUNDRED).round_dp(2)))
}

/// Everything wrong with what was asked for, field by field.
pub fn line_faults(lines: &[LineRequest]) -> Vec<FieldError> {
    if lines.is_empty() {
        return vec![FieldError::required("lines")];
    }
    if lines.len() > MOST_LINES {
        let reason = Text::new(format!("最多 {MOST_LINES} 行"), format!("at most {MOST_LINES} lines"));
        return vec![FieldError::new("lines", "too_long", reason)];
    }
    lines.iter().enumerate().flat_map(|(at, line)| one_line_faults(&format!("lines[{at}]"), line)).collect()
}

fn one_line_faults(path: &str, line: &LineRequest) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if line.product_code.trim().is_empty() {
        faults.push(FieldError::required(format!("{path}.product_code")));
    }
    if line.quantity <= Decimal::ZERO {
        let reason = Text::new("须大于 0", "must be more than 0");
        faults.push(FieldError::new(format!("{path}.quantity"), "out_of_range", reason));
    } else {
        faults.extend(check_range(format!("{path}.quantity"), line.quantity, 0, 1_000_000));
    }
    faults.extend(check_range(format!("{path}.discount_percent"), line.discount_percent, 0, 100));
    faults
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A priced line of a made-up product, list and cost in fen.
    pub fn line(list: i64, cost: i64, quantity: Decimal, discount_percent: Decimal) -> Line {
        let request = LineRequest { product_code: "XT-200".into(), quantity, discount_percent };
        Line::price(&request, &product(list, cost)).expect("in range")
    }

    pub fn product(list: i64, cost: i64) -> PricedProduct {
        PricedProduct {
            code: "XT-200".into(),
            number: 1,
            name_zh: "旋涡泵".into(),
            name_en: "Vortex pump".into(),
            category: "pump".into(),
            unit: "台".into(),
            tax_rate: Decimal::from(13),
            price: Money::cny(list),
            cost: Money::cny(cost),
        }
    }

    #[test]
    fn a_line_is_list_less_discount_plus_tax() {
        let line = line(1_280_000, 700_000, Decimal::from(3), Decimal::from(5));
        assert_eq!(line.net, Money::cny(3_648_000));
        assert_eq!(line.tax, Money::cny(474_240));
        let totals = Totals::of(&[line], Currency::CNY).expect("in range");
        assert_eq!(totals.total, Money::cny(4_122_240));
        assert_eq!(totals.discount, Money::cny(192_000));
    }

    #[test]
    fn margin_is_what_is_left_of_the_net() {
        let lines = [line(10_000, 6_000, Decimal::from(2), Decimal::ZERO)];
        let totals = Totals::of(&lines, Currency::CNY).expect("in range");
        assert_eq!(margin_percent(&lines, &totals), Ok(Some(Decimal::from(40))));
    }

    #[test]
    fn wrong_lines_are_named() {
        let wrong =
            LineRequest { product_code: " ".into(), quantity: Decimal::ZERO, discount_percent: Decimal::from(101) };
        let fields: Vec<_> = line_faults(&[wrong]).into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["lines[0].product_code", "lines[0].quantity", "lines[0].discount_percent"]);
    }

    proptest! {
        #[test]
        fn totals_are_the_sum_of_the_lines(lists in prop::collection::vec((1_i64..10_000_000, 1_i64..500, 0_i64..=100), 1..20)) {
            let lines: Vec<_> =
                lists.iter().map(|(list, qty, off)| line(*list, 1, Decimal::new(*qty, 1), Decimal::from(*off))).collect();
            let totals = Totals::of(&lines, Currency::CNY).expect("in range");
            prop_assert_eq!(totals.total.minor, lines.iter().map(|line| line.net.minor + line.tax.minor).sum::<i64>());
            prop_assert_eq!(totals.list.minor - totals.discount.minor, totals.net.minor);
        }

        #[test]
        fn a_larger_discount_never_costs_more(list in 1_i64..10_000_000, off in 0_i64..=99) {
            let net = |off| line(list, 1, Decimal::from(7), Decimal::from(off)).net.minor;
            prop_assert!(net(off + 1) <= net(off));
        }
    }
}
