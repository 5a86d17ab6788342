//! An amount of yuan in the characters that Chinese papers ask for (大写金额).

use kernel::{Currency, Money};

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const UNITS: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// `壹万贰仟元伍角整`; `None` for other currencies and negative amounts.
pub fn amount(money: Money) -> Option<String> {
    if money.currency != Currency::CNY || money.minor < 0 {
        return None;
    }
    let (yuan, jiao, fen) = (money.minor / 100, money.minor / 10 % 10, money.minor % 10);
    let whole = if yuan == 0 { String::new() } else { format!("{}元", whole(yuan)) };
    let part = match (jiao, fen) {
        (0, 0) if yuan == 0 => "零元整".to_owned(),
        (0, 0) => "整".to_owned(),
        (jiao, 0) => format!("{}角整", digit(jiao)),
        (0, fen) if yuan == 0 => format!("{}分", digit(fen)),
        (0, fen) => format!("零{}分", digit(fen)),
        (jiao, fen) => format!("{}角{}分", digit(jiao), digit(fen)),
    };
    Some(whole + &part)
}

fn digit(value: i64) -> &'static str {
    usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or("")
}

fn whole(mut yuan: i64) -> String {
    let mut groups = Vec::new();
    while yuan > 0 {
        groups.push(yuan % 10_000);
        yuan /= 10_000;
    }
    let mut text = String::new();
    let mut gap = false;
    for (at, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = !text.is_empty();
            continue;
        }
        if !text.is_empty() && (gap || *group < 1000) {
            text.push('零');
        }
        gap = false;
        text.push_str(&four_digits(*group));
        text.push_str(GROUPS.get(at).copied().unwrap_or(""));
    }
    text
}

fn four_digits(group: i64) -> String {
    let mut text = String::new();
    let mut gap = false;
    for place in (0..4_u32).rev() {
        let value = group / 10_i64.pow(place) % 10;
        if value == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        text.push_str(digit(value));
        text.push_str(UNITS[place as usize]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_banks_write_them() {
        for (minor, text) in [
            (0, "零元整"),
            (5, "伍分"),
            (50, "伍角整"),
            (105, "壹元零伍分"),
            (100_000, "壹仟元整"),
            (1_000_500, "壹万零伍元整"),
            (12_345_678, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
            (10_010_000, "壹拾万零壹佰元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_010_000, "壹亿零壹佰元整"),
            (10_100_000_000, "壹亿零壹佰万元整"),
        ] {
            assert_eq!(amount(Money::cny(minor)).as_deref(), Some(text), "{minor}");
        }
    }

    #[test]
    fn other_currencies_have_no_such_form() {
        assert_eq!(amount(Money::new(1, Currency::USD)), None);
        assert_eq!(amount(Money::cny(-1)), None);
    }
}
