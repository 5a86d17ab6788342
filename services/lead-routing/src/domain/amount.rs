//! Amounts as people write them in files: `200000`, `¥200,000.00`, `20万`, `1.5 亿元`.

use super::company_name::half_width;

/// The amount as a plain decimal of yuan, or nothing when it is none.
pub fn plain_decimal(text: &str) -> Option<String> {
    let text = half_width(text).replace([',', '¥', '￥', ' '], "");
    let text =
        text.trim_end_matches("人民币").trim_end_matches('元').trim_start_matches("CNY").trim_start_matches("RMB");
    let (number, zeros) = if let Some(number) = text.strip_suffix('万') {
        (number, 4)
    } else if let Some(number) = text.strip_suffix('亿') {
        (number, 8)
    } else {
        (text, 0)
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_number = !whole.is_empty() && whole.len() <= 15 && fraction.len() <= 12;
    let only_digits = whole.trim_start_matches('-').chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
    (is_number && only_digits && whole != "-").then(|| shifted(whole, fraction, zeros))
}

/// Moves the decimal point `places` to the right.
fn shifted(whole: &str, fraction: &str, places: usize) -> String {
    let padded = format!("{fraction:0<places$}");
    let (moved, rest) = padded.split_at(places);
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let digits = format!("{whole}{moved}");
    let digits = Some(digits.trim_start_matches('0')).filter(|digits| !digits.is_empty()).unwrap_or("0");
    if rest.is_empty() { format!("{sign}{digits}") } else { format!("{sign}{digits}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_as_people_write_them() {
        let cases = [
            ("200000", "200000"),
            ("¥200,000.00", "200000.00"),
            ("20万", "200000"),
            ("1.5 亿元", "150000000"),
            ("３.２５万元", "32500"),
            ("0.123456万", "1234.56"),
            ("-5", "-5"),
            ("0", "0"),
            ("00.50", "0.50"),
        ];
        for (text, decimal) in cases {
            assert_eq!(plain_decimal(text).as_deref(), Some(decimal), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for bad in ["", "面议", "20-30万", "1.2.3", "万", "-", "1e5"] {
            assert_eq!(plain_decimal(bad), None, "{bad}");
        }
    }
}
