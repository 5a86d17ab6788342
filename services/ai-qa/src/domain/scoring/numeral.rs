//! Numbers as they are said and written: 二百九十九, 1.2万, 三千八, 30.

/// A number and how many characters it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    pub value: f64,
    pub length: usize,
}

/// The number that starts at the first of `chars`, if one does.
pub fn numeral(chars: &[char]) -> Option<Numeral> {
    arabic(chars).or_else(|| chinese(chars))
}

fn arabic(chars: &[char]) -> Option<Numeral> {
    let mut length = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    if length == 0 {
        return None;
    }
    let fraction = |at: usize| {
        let digits = chars.get(at + 1..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
        if chars.get(at) == Some(&'.') && digits > 0 { digits + 1 } else { 0 }
    };
    length += fraction(length);
    let text: String = chars[..length].iter().collect();
    let scale = chars.get(length).copied().and_then(|c| scale(c).filter(|_| c != '十'));
    let value = text.parse::<f64>().ok()?;
    match scale {
        Some(scale) => Some(Numeral { value: value * scale, length: length + 1 }),
        None => Some(Numeral { value, length }),
    }
}

fn digit(c: char) -> Option<f64> {
    let at = "零一二三四五六七八九".chars().position(|digit| digit == c);
    at.map(|at| at as f64).or(match c {
        '〇' => Some(0.0),
        '两' | '俩' => Some(2.0),
        '仨' => Some(3.0),
        _ => None,
    })
}

fn scale(c: char) -> Option<f64> {
    match c {
        '十' => Some(10.0),
        '百' => Some(100.0),
        '千' => Some(1_000.0),
        '万' => Some(10_000.0),
        '亿' => Some(100_000_000.0),
        _ => None,
    }
}

/// 三千八 is 3800: a digit after a scale above ten that is itself followed by no scale counts in the next one down.
fn chinese(chars: &[char]) -> Option<Numeral> {
    let (mut total, mut section, mut pending) = (0.0, 0.0, None::<f64>);
    let (mut last_scale, mut after_zero, mut length) = (1.0, false, 0);
    for (at, c) in chars.iter().enumerate() {
        if let Some(value) = digit(*c) {
            after_zero = value == 0.0;
            // 二九九, spelled digit by digit.
            pending = Some(pending.map_or(value, |before| before * 10.0 + value));
        } else if let Some(value) = scale(*c) {
            if value >= 10_000.0 {
                total = (total
                    + section
                    + pending.take().unwrap_or(if section == 0.0 && total == 0.0 { 1.0 } else { 0.0 }))
                    * value;
                section = 0.0;
            } else {
                section += pending.take().unwrap_or(1.0) * value;
            }
            (last_scale, after_zero) = (value, false);
        } else if *c == '点' && pending.is_some() && chars.get(at + 1).is_some_and(|next| digit(*next).is_some()) {
            let decimals = chars[at + 1..].iter().map_while(|c| digit(*c));
            let (fraction, places) = decimals.fold((0.0, 0), |(sum, n), d| (sum * 10.0 + d, n + 1));
            let whole = total + section + pending.unwrap_or(0.0);
            return Some(Numeral { value: whole + fraction / 10_f64.powi(places), length: at + 1 + places as usize });
        } else {
            break;
        }
        length = at + 1;
    }
    if length == 0 {
        return None;
    }
    let rest = pending.unwrap_or(0.0);
    let shorthand = last_scale > 10.0 && !after_zero && rest > 0.0 && rest < 10.0 && !has_zero(&chars[..length]);
    let rest = if shorthand { rest * last_scale / 10.0 } else { rest };
    Some(Numeral { value: total + section + rest, length })
}

fn has_zero(chars: &[char]) -> bool {
    chars.iter().any(|c| matches!(c, '零' | '〇'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Option<f64> {
        let chars: Vec<char> = text.chars().collect();
        numeral(&chars).map(|found| found.value)
    }

    #[test]
    fn numbers_are_read_as_people_say_them() {
        let cases = [
            ("二百九十九", 299.0),
            ("三千八", 3_800.0),
            ("两百五", 250.0),
            ("一万二", 12_000.0),
            ("一百零五", 105.0),
            ("十五", 15.0),
            ("二十", 20.0),
            ("十二万", 120_000.0),
            ("一点八", 1.8),
            ("299元", 299.0),
            ("1.2万", 12_000.0),
            ("两亿", 200_000_000.0),
            ("二零二六", 2_026.0),
            ("俩人", 2.0),
            ("四万六千八", 46_800.0),
        ];
        for (text, wanted) in cases {
            assert_eq!(value(text), Some(wanted), "{text}");
        }
        assert_eq!(value("元"), None);
    }

    /// How a number below ten thousand is spelled.
    fn spelled(mut number: u32) -> String {
        let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
        let (mut text, mut zero) = (String::new(), false);
        for (scale, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = number / scale;
            number %= scale;
            if digit == 0 {
                zero = !text.is_empty();
                continue;
            }
            if zero {
                text.push('零');
                zero = false;
            }
            text.push(digits[digit as usize]);
            text.push_str(name);
        }
        text
    }

    proptest! {
        #[test]
        fn what_is_spelled_is_read_back(number in 1_u32..10_000) {
            prop_assert_eq!(value(&spelled(number)), Some(f64::from(number)), "{}", spelled(number));
        }

        #[test]
        fn nothing_panics(text in "[零一二两三十百千万亿点0-9.]{0,12}") {
            value(&text);
        }
    }
}
