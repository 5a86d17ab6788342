//! Dates and amounts as banks write them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use kernel::{Currency, Money, Text};

const SHANGHAI_SECONDS: i32 = 8 * 3600;
const DATES: [&str; 4] = ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"];
const TIMES: [&str; 4] = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%.f", "%Y%m%d %H:%M:%S"];

/// A booking date or time. Without an offset it is Shanghai's; a date alone is its first minute.
pub fn booked_at(text: &str) -> Result<DateTime<Utc>, Text> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.to_utc());
    }
    let date = DATES.iter().find_map(|format| NaiveDate::parse_from_str(text, format).ok());
    let local = date.and_then(|date| date.and_hms_opt(0, 0, 0));
    let local = local.or_else(|| TIMES.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok()));
    local.and_then(shanghai).ok_or_else(|| Text::new("须为形如 2027-01-05 的日期", "must be a date such as 2027-01-05"))
}

fn shanghai(local: NaiveDateTime) -> Option<DateTime<Utc>> {
    FixedOffset::east_opt(SHANGHAI_SECONDS)?.from_local_datetime(&local).single().map(|at| at.to_utc())
}

/// An amount, perhaps with thousands separators, a currency sign and a sign.
pub fn amount(text: &str, currency: Currency) -> Result<Money, Text> {
    let digits: String =
        text.trim().trim_start_matches(['¥', '￥']).chars().filter(|c| !matches!(c, ',' | '，' | ' ')).collect();
    let is_plain = digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+'));
    let money = if is_plain { Money::parse(&digits, currency).ok() } else { None };
    money.ok_or_else(|| Text::new("须为形如 1234.50 的金额", "must be an amount such as 1234.50"))
}

/// An ISO 4217 code, or what Chinese banks call the yuan.
pub fn currency(text: &str) -> Result<Currency, Text> {
    match text.trim() {
        "" | "人民币" | "人民币元" | "RMB" => Ok(Currency::CNY),
        "美元" => Ok(Currency::USD),
        "欧元" => Ok(Currency::EUR),
        "港币" | "港元" => Ok(Currency::HKD),
        "日元" => Ok(Currency::JPY),
        code => {
            code.to_ascii_uppercase().parse().map_err(|_| Text::new("未知币种", "is not a currency this service knows"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_of_every_common_form_are_the_same_day() {
        for text in
            ["2027-01-05", "2027/01/05", "20270105", "2027年01月05日", "2027-01-05 00:00:00", "2027-01-04T16:00:00Z"]
        {
            assert_eq!(booked_at(text).expect(text).to_rfc3339(), "2027-01-04T16:00:00+00:00", "{text}");
        }
        for text in ["", "明天", "2027-02-30", "05.01.2027"] {
            assert!(booked_at(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_are_exact_or_refused() {
        assert_eq!(amount("￥1,234.50", Currency::CNY), Ok(Money::cny(123_450)));
        assert_eq!(amount("-7", Currency::JPY), Ok(Money::new(-7, Currency::JPY)));
        for text in ["", "1.234", "约五万", "1e3", "99999999999999999999"] {
            assert!(amount(text, Currency::CNY).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_reads_back(minor in -1_000_000_000_000_i64..1_000_000_000_000) {
            let money = Money::cny(minor);
            prop_assert_eq!(amount(&money.to_decimal().to_string(), Currency::CNY), Ok(money));
        }
    }
}
