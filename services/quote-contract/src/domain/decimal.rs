//! Decimals as people write them: percentages and quantities in field errors and on paper.

use kernel::{FieldError, Text};
use rust_decimal::Decimal;

/// Quantities, hours and percentages carry at most this many decimals.
pub const MOST_DECIMALS: u32 = 4;

/// Complains when `value` is outside `low..=high` or has more decimals than anybody means.
pub fn check_range(field: impl Into<String>, value: Decimal, low: i64, high: i64) -> Option<FieldError> {
    let in_range = value >= Decimal::from(low) && value <= Decimal::from(high);
    if in_range && value.normalize().scale() <= MOST_DECIMALS {
        return None;
    }
    let reason = Text::new(
        format!("须在 {low} 到 {high} 之间，最多 {MOST_DECIMALS} 位小数"),
        format!("must be between {low} and {high} with at most {MOST_DECIMALS} decimals"),
    );
    Some(FieldError::new(field, "out_of_range", reason))
}

/// Without trailing zeros: `13`, `12.5`.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `percent` as a factor: 13 becomes 0.13.
pub fn fraction(percent: Decimal) -> Decimal {
    percent / Decimal::ONE_HUNDRED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_include_their_ends() {
        assert!(check_range("a", Decimal::ZERO, 0, 100).is_none());
        assert!(check_range("a", Decimal::ONE_HUNDRED, 0, 100).is_none());
        assert!(check_range("a", Decimal::new(1_000_001, 4), 0, 100).is_some());
        assert!(check_range("a", Decimal::new(123_456, 5), 0, 100).is_some(), "too many decimals");
    }

    #[test]
    fn trailing_zeros_are_not_shown() {
        assert_eq!(plain(Decimal::new(1250, 2)), "12.5");
        assert_eq!(plain(Decimal::new(1300, 2)), "13");
    }
}
