//! Amounts, quantities and dates as they are printed.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Currency, Money};
use rust_decimal::Decimal;

use crate::domain::decimal::plain;

/// `¥1,234,567.00`, or `USD 1,234.00`.
pub fn money(amount: Money) -> String {
    let sign = match amount.currency {
        Currency::CNY => "¥".to_owned(),
        other => format!("{} ", other.as_str()),
    };
    format!("{sign}{}", grouped(&amount.to_decimal().to_string()))
}

/// `1,234,567.00`, for columns whose currency is known.
pub fn bare(amount: Money) -> String {
    grouped(&amount.to_decimal().to_string())
}

pub fn percent(value: Decimal) -> String {
    format!("{}%", plain(value))
}

/// The day in Shanghai.
pub fn day(at: DateTime<Utc>) -> String {
    date(process::calendar::shanghai(at).date_naive())
}

pub fn date(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{text}.{fraction}"),
        None => format!("{sign}{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(money(Money::cny(123_456_789)), "¥1,234,567.89");
        assert_eq!(money(Money::new(1_000, Currency::JPY)), "JPY 1,000");
        assert_eq!(bare(Money::cny(-100_000)), "-1,000.00");
        assert_eq!(bare(Money::cny(99)), "0.99");
    }

    #[test]
    fn days_are_those_of_shanghai() {
        assert_eq!(day("2027-01-04T17:00:00Z".parse().expect("a time")), "2027-01-05");
    }
}
