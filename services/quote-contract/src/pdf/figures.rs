//! Quantities and dates as they are printed.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::domain::decimal::plain;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_shanghai() {
        assert_eq!(day("2027-01-04T17:00:00Z".parse().expect("a time")), "2027-01-05");
    }
}
