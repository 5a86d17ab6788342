//! Money in whole minor units (fen, cents), never in floating point.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::{RoundingStrategy, ToPrimitive};
use serde::{Deserialize, Serialize};

/// ISO 4217 codes the product knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub enum Currency {
    CNY,
    USD,
    EUR,
    HKD,
    JPY,
}

impl Currency {
    /// Digits after the decimal point.
    pub fn exponent(self) -> u32 {
        match self {
            Self::JPY => 0,
            _ => 2,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::CNY => "CNY",
            Self::USD => "USD",
            Self::EUR => "EUR",
            Self::HKD => "HKD",
            Self::JPY => "JPY",
        }
    }
}

/// Why an amount cannot be read or reckoned with.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum MoneyError {
    #[error("{0:?} is not an amount such as 1234.50")]
    NotAnAmount(String),
    #[error("{0:?} has more decimals than {1} allows")]
    TooManyDecimals(String, &'static str),
    #[error("unknown currency {0:?}")]
    UnknownCurrency(String),
    #[error("amounts in {0} and {1} cannot be combined")]
    MixedCurrencies(&'static str, &'static str),
    #[error("the amount is out of range")]
    OutOfRange,
}

impl std::str::FromStr for Currency {
    type Err = MoneyError;

    fn from_str(code: &str) -> Result<Self, MoneyError> {
        [Self::CNY, Self::USD, Self::EUR, Self::HKD, Self::JPY]
            .into_iter()
            .find(|currency| currency.as_str() == code)
            .ok_or_else(|| MoneyError::UnknownCurrency(code.to_owned()))
    }
}

/// An amount in one currency. JSON: `{"amount":"1234.50","currency":"CNY"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Money {
    /// Whole minor units (1 CNY = 100).
    pub minor: i64,
    pub currency: Currency,
}

/// How money travels as JSON: a decimal string, so that no client rounds it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Money)]
pub struct Wire {
    #[schema(example = "128000.00")]
    pub amount: String,
    pub currency: Currency,
}

impl Money {
    /// An amount in minor units, such as fen.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// An amount in fen.
    pub fn cny(minor: i64) -> Self {
        Self::new(minor, Currency::CNY)
    }

    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads a decimal such as `1234.5`; refuses more decimals than the currency has.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let value: Decimal = amount.trim().parse().map_err(|_| MoneyError::NotAnAmount(amount.to_owned()))?;
        if value.normalize().scale() > currency.exponent() {
            return Err(MoneyError::TooManyDecimals(amount.to_owned(), currency.as_str()));
        }
        Self::from_decimal(value, currency)
    }

    /// Rounds half away from zero to the currency's smallest unit, as Chinese invoices do.
    pub fn from_decimal(value: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let scaled = value
            .checked_mul(Decimal::from(10_i64.pow(currency.exponent())))
            .ok_or(MoneyError::OutOfRange)?
            .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Ok(Self::new(scaled.to_i64().ok_or(MoneyError::OutOfRange)?, currency))
    }

    /// The value as a decimal in major units.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// The sum; an error when currencies differ or it is too large.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::OutOfRange)?;
        Ok(Self::new(minor, self.currency))
    }

    /// The difference; an error when currencies differ or it is too large.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::OutOfRange)?;
        Ok(Self::new(minor, self.currency))
    }

    /// Multiplies by an exact factor (quantity, rate) and rounds once.
    pub fn checked_mul(self, factor: Decimal) -> Result<Self, MoneyError> {
        let product = self.to_decimal().checked_mul(factor).ok_or(MoneyError::OutOfRange)?;
        Self::from_decimal(product, self.currency)
    }

    /// Splits by percentages that add up to 100; the last part takes the rounding remainder, so the
    /// parts always add up to the whole.
    pub fn split(self, percents: &[u32]) -> Result<Vec<Self>, MoneyError> {
        let mut rest = self;
        let mut parts = Vec::with_capacity(percents.len());
        for (at, percent) in percents.iter().enumerate() {
            let last = at + 1 == percents.len();
            let part = if last { rest } else { self.checked_mul(Decimal::new(i64::from(*percent), 2))? };
            rest = rest.checked_sub(part)?;
            parts.push(part);
        }
        Ok(parts)
    }

    /// As people read it: `¥1,234,567.00`, or `USD 1,234.00`.
    pub fn readable(self) -> String {
        let sign = match self.currency {
            Currency::CNY => "¥".to_owned(),
            other => format!("{} ", other.as_str()),
        };
        format!("{sign}{}", self.grouped())
    }

    /// `1,234,567.00`, where the currency is known.
    pub fn grouped(self) -> String {
        let number = self.to_decimal().to_string();
        let (sign, digits) = number.strip_prefix('-').map_or(("", number.as_str()), |digits| ("-", digits));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let mut text = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        fraction.map_or(text.clone(), |fraction| format!("{text}.{fraction}"))
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::MixedCurrencies(self.currency.as_str(), other.currency.as_str()))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency.as_str())
    }
}

impl TryFrom<Wire> for Money {
    type Error = MoneyError;

    fn try_from(wire: Wire) -> Result<Self, MoneyError> {
        Self::parse(&wire.amount, wire.currency)
    }
}

impl From<Money> for Wire {
    fn from(money: Money) -> Self {
        Self { amount: money.to_decimal().to_string(), currency: money.currency }
    }
}

impl utoipa::PartialSchema for Money {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Wire::schema()
    }
}

impl utoipa::ToSchema for Money {
    fn name() -> std::borrow::Cow<'static, str> {
        "Money".into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_writes_decimal_strings() {
        let money: Money = serde_json::from_str(r#"{"amount":"1234.5","currency":"CNY"}"#).expect("money");
        assert_eq!(money, Money::cny(123_450));
        assert_eq!(serde_json::to_string(&money).expect("json"), r#"{"amount":"1234.50","currency":"CNY"}"#);
    }

    #[test]
    fn people_read_thousands_in_groups() {
        assert_eq!(Money::cny(123_456_789).readable(), "¥1,234,567.89");
        assert_eq!(Money::new(1_000, Currency::JPY).readable(), "JPY 1,000");
        assert_eq!(Money::cny(-100_000).grouped(), "-1,000.00");
        assert_eq!(Money::cny(99_900).grouped(), "999.00");
    }

    #[test]
    fn refuses_fractions_of_a_fen_and_words() {
        assert!(matches!(Money::parse("1.005", Currency::CNY), Err(MoneyError::TooManyDecimals(..))));
        assert!(matches!(Money::parse("1.5", Currency::JPY), Err(MoneyError::TooManyDecimals(..))));
        assert!(matches!(Money::parse("约五万", Currency::CNY), Err(MoneyError::NotAnAmount(_))));
    }

    #[test]
    fn refuses_to_mix_currencies() {
        let sum = Money::cny(1).checked_add(Money::new(1, Currency::USD));
        assert_eq!(sum, Err(MoneyError::MixedCurrencies("CNY", "USD")));
    }

    proptest! {
        #[test]
        fn parts_always_add_up_to_the_whole(minor in 0_i64..1_000_000_000_000, first in 0_u32..=100) {
            let parts = Money::cny(minor).split(&[first, 100 - first]).expect("split");
            prop_assert_eq!(parts.iter().map(|part| part.minor).sum::<i64>(), minor);
        }

        #[test]
        fn text_form_parses_back(minor in any::<i32>()) {
            let money = Money::cny(i64::from(minor));
            prop_assert_eq!(Money::parse(&money.to_decimal().to_string(), Currency::CNY), Ok(money));
        }
    }
}
