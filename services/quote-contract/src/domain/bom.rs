//! What a product costs, from its bill of materials, and the base price that follows from it.
//! Exact decimal arithmetic throughout; each shown figure is rounded once, at the end.

use kernel::money::MoneyError;
use kernel::{Currency, FieldError, Money, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::decimal::{check_range, fraction};

const MOST_PARTS: usize = 500;

/// What goes into one unit of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bom {
    pub components: Vec<Component>,
    #[serde(default)]
    pub labour: Vec<Labour>,
    /// Added to materials and labour.
    #[schema(value_type = String, example = "12.5")]
    pub overhead_percent: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    pub name: String,
    /// Price of one unit of the material.
    pub material_price: Money,
    #[schema(value_type = String, example = "2.5")]
    pub quantity: Decimal,
    /// Material lost in making, on top of `quantity`.
    #[serde(default)]
    #[schema(value_type = String, example = "3")]
    pub scrap_percent: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Labour {
    pub name: String,
    #[schema(value_type = String, example = "1.5")]
    pub hours: Decimal,
    /// Price of one hour.
    pub rate: Money,
}

/// The figures behind a base price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Costing {
    pub materials: Money,
    pub labour: Money,
    pub overhead: Money,
    /// Materials, labour and overhead.
    pub cost: Money,
    /// The cost at which `target_margin_percent` of the price is left over, without tax.
    pub price: Money,
    #[schema(value_type = String, example = "35")]
    pub target_margin_percent: Decimal,
}

impl Bom {
    /// Everything wrong with it, field by field.
    pub fn faults(&self, currency: Currency, target_margin_percent: Decimal) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if self.components.is_empty() {
            faults.push(FieldError::required("bom.components"));
        }
        if self.components.len() + self.labour.len() > MOST_PARTS {
            let reason = Text::new(format!("最多 {MOST_PARTS} 项"), format!("at most {MOST_PARTS} entries"));
            faults.push(FieldError::new("bom", "too_long", reason));
        }
        for (at, component) in self.components.iter().enumerate() {
            component.faults(&format!("bom.components[{at}]"), currency, &mut faults);
        }
        for (at, labour) in self.labour.iter().enumerate() {
            labour.faults(&format!("bom.labour[{at}]"), currency, &mut faults);
        }
        faults.extend(check_range("bom.overhead_percent", self.overhead_percent, 0, 1000));
        faults.extend(check_range("target_margin_percent", target_margin_percent, 0, 95));
        faults
    }

    /// Cost and base price of one unit.
    pub fn costing(&self, currency: Currency, target_margin_percent: Decimal) -> Result<Costing, MoneyError> {
        let materials = sum(self.components.iter().map(Component::cost))?;
        let labour = sum(self.labour.iter().map(Labour::cost))?;
        let direct = materials.checked_add(labour).ok_or(MoneyError::OutOfRange)?;
        let overhead = multiplied(direct, fraction(self.overhead_percent))?;
        let cost = direct.checked_add(overhead).ok_or(MoneyError::OutOfRange)?;
        let kept = Decimal::ONE - fraction(target_margin_percent);
        let price = cost.checked_div(kept).ok_or(MoneyError::OutOfRange)?;
        Ok(Costing {
            materials: Money::from_decimal(materials, currency)?,
            labour: Money::from_decimal(labour, currency)?,
            overhead: Money::from_decimal(overhead, currency)?,
            cost: Money::from_decimal(cost, currency)?,
            price: Money::from_decimal(price, currency)?,
            target_margin_percent,
        })
    }
}

impl Component {
    fn cost(&self) -> Result<Decimal, MoneyError> {
        let used = multiplied(self.quantity, Decimal::ONE + fraction(self.scrap_percent))?;
        multiplied(self.material_price.to_decimal(), used)
    }

    fn faults(&self, path: &str, currency: Currency, faults: &mut Vec<FieldError>) {
        faults.extend(check_name(&format!("{path}.name"), &self.name));
        faults.extend(check_price(&format!("{path}.material_price"), self.material_price, currency));
        faults.extend(check_range(format!("{path}.quantity"), self.quantity, 0, 1_000_000));
        faults.extend(check_range(format!("{path}.scrap_percent"), self.scrap_percent, 0, 100));
    }
}

impl Labour {
    fn cost(&self) -> Result<Decimal, MoneyError> {
        multiplied(self.rate.to_decimal(), self.hours)
    }

    fn faults(&self, path: &str, currency: Currency, faults: &mut Vec<FieldError>) {
        faults.extend(check_name(&format!("{path}.name"), &self.name));
        faults.extend(check_price(&format!("{path}.rate"), self.rate, currency));
        faults.extend(check_range(format!("{path}.hours"), self.hours, 0, 100_000));
    }
}

fn check_name(field: &str, name: &str) -> Option<FieldError> {
    if name.trim().is_empty() {
        return Some(FieldError::required(field));
    }
    let too_long = Text::new("最多 200 个字符", "at most 200 characters");
    (name.chars().count() > 200).then(|| FieldError::new(field, "too_long", too_long))
}

fn check_price(field: &str, price: Money, currency: Currency) -> Option<FieldError> {
    if price.currency != currency {
        let reason = Text::new(format!("币种须为 {}", currency.as_str()), format!("must be in {}", currency.as_str()));
        return Some(FieldError::new(field, "currency_mismatch", reason));
    }
    let negative = Text::new("不能为负数", "must not be negative");
    (price.minor < 0).then(|| FieldError::new(field, "out_of_range", negative))
}

fn multiplied(a: Decimal, b: Decimal) -> Result<Decimal, MoneyError> {
    a.checked_mul(b).ok_or(MoneyError::OutOfRange)
}

fn sum(parts: impl Iterator<Item = Result<Decimal, MoneyError>>) -> Result<Decimal, MoneyError> {
    let mut total = Decimal::ZERO;
    for part in parts {
        total = total.checked_add(part?).ok_or(MoneyError::OutOfRange)?;
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn component(fen: i64, quantity: Decimal, scrap: i64) -> Component {
        let scrap_percent = Decimal::from(scrap);
        Component { name: "钢板".into(), material_price: Money::cny(fen), quantity, scrap_percent }
    }

    fn bom(components: Vec<Component>, hours: i64, overhead: i64) -> Bom {
        let labour = vec![Labour { name: "装配".into(), hours: Decimal::new(hours, 1), rate: Money::cny(6000) }];
        Bom { components, labour, overhead_percent: Decimal::from(overhead) }
    }

    #[test]
    fn a_price_follows_from_materials_scrap_labour_overhead_and_margin() {
        let bom = bom(vec![component(10_000, Decimal::from(2), 5), component(333, Decimal::from(3), 0)], 15, 10);
        let costing = bom.costing(Currency::CNY, Decimal::from(30)).expect("in range");
        // 100 × 2 × 1.05 + 3.33 × 3 = 219.99; 1.5 h × 60 = 90; 10 % of 309.99 = 30.999; 340.989 / 0.7 = 487.127…
        assert_eq!(costing.materials, Money::cny(21_999));
        assert_eq!(costing.labour, Money::cny(9_000));
        assert_eq!(costing.overhead, Money::cny(3_100));
        assert_eq!(costing.cost, Money::cny(34_099));
        assert_eq!(costing.price, Money::cny(48_713));
    }

    #[test]
    fn every_fault_is_named_at_once() {
        let mut wrong = bom(vec![component(-1, Decimal::from(-2), 300)], 10, 5000);
        wrong.components[0].name.clear();
        wrong.labour[0].rate = Money::new(1, Currency::USD);
        let fields: Vec<_> =
            wrong.faults(Currency::CNY, Decimal::from(100)).into_iter().map(|fault| fault.field).collect();
        assert_eq!(
            fields,
            [
                "bom.components[0].name",
                "bom.components[0].material_price",
                "bom.components[0].quantity",
                "bom.components[0].scrap_percent",
                "bom.labour[0].rate",
                "bom.overhead_percent",
                "target_margin_percent"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_margin_left_in_the_price_is_the_target(
            fen in 1_i64..10_000_000, quantity in 1_i64..1000, scrap in 0_i64..50, hours in 0_i64..500, overhead in 0_i64..80,
            margin in 0_i64..90,
        ) {
            let bom = bom(vec![component(fen, Decimal::from(quantity), scrap)], hours, overhead);
            let costing = bom.costing(Currency::CNY, Decimal::from(margin)).expect("in range");
            let kept = costing.price.to_decimal() * (Decimal::ONE - fraction(Decimal::from(margin)));
            // Both figures are rounded to a fen on their own.
            prop_assert!((kept - costing.cost.to_decimal()).abs() <= Decimal::new(11, 3));
            prop_assert!(costing.price.minor >= costing.cost.minor);
        }

        #[test]
        fn more_of_anything_never_costs_less(fen in 0_i64..1_000_000, quantity in 0_i64..1000, more in 0_i64..100) {
            let cost = |quantity: i64| {
                let bom = bom(vec![component(fen, Decimal::from(quantity), 3)], 10, 8);
                bom.costing(Currency::CNY, Decimal::from(20)).expect("in range").cost.minor
            };
            prop_assert!(cost(quantity + more) >= cost(quantity));
        }
    }
}
