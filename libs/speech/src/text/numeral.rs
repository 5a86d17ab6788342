//! Chinese numerals: 一百二十五万三千 is 1,253,000.

const UNITS: &[(char, u64)] = &[('亿', 100_000_000), ('万', 10_000), ('千', 1_000), ('百', 100), ('十', 10)];

/// The value of a digit character; 幺 is how a one is said in telephone numbers.
pub(super) fn digit(char: char) -> Option<u8> {
    let value = match char {
        '零' | '〇' => 0,
        '一' | '幺' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(value)
}

/// Whether a character can be part of a numeral.
pub(super) fn is_numeral(char: char) -> bool {
    digit(char).is_some() || is_unit(char)
}

/// Whether a character multiplies the digits before it.
pub(super) fn is_unit(char: char) -> bool {
    UNITS.iter().any(|(unit, _)| *unit == char)
}

/// The value of a whole numeral with units, or of a single digit; `None` for anything else, above all for
/// approximations such as 三四百 and 十五六.
///
/// Colloquial endings count: 一百五 is 150, 两万三 is 23,000.
pub(super) fn cardinal(chars: &[char]) -> Option<u64> {
    match chars {
        ['零' | '〇'] => Some(0),
        _ => under(chars, UNITS),
    }
}

/// The digits of a run of digit characters, as said one by one.
pub(super) fn digits(chars: &[char]) -> Option<String> {
    if chars.is_empty() {
        return None;
    }
    chars
        .iter()
        .map(|char| if *char == '两' { None } else { digit(*char) })
        .map(|d| d.map(|d| char::from(b'0' + d)))
        .collect()
}

/// The value of a numeral that uses no other units than `units`.
fn under(chars: &[char], units: &[(char, u64)]) -> Option<u64> {
    if let [one] = chars
        && *one != '十'
    {
        return digit(*one).filter(|value| *value > 0 && *one != '幺').map(u64::from);
    }
    let (index, unit, at) = units
        .iter()
        .enumerate()
        .find_map(|(index, (name, unit))| Some((index, *unit, chars.iter().position(|char| char == name)?)))?;
    let (left, right) = (&chars[..at], &chars[at + 1..]);
    let lower = &units[index + 1..];
    let right = right_of(right, unit, lower)?;
    Some(left_of(left, unit, lower)?.checked_mul(unit)? + right)
}

/// What multiplies a unit: a digit, or for 万 and 亿 a whole numeral. 十 stands for 一十.
fn left_of(chars: &[char], unit: u64, lower: &[(char, u64)]) -> Option<u64> {
    match chars {
        [] => (unit == 10).then_some(1),
        ['两'] if unit == 10 => None,
        _ if unit >= 10_000 => under(chars, lower),
        [_] => under(chars, &[]),
        _ => None,
    }
}

/// What follows a unit.
fn right_of(chars: &[char], unit: u64, lower: &[(char, u64)]) -> Option<u64> {
    let value = match chars {
        [] => return Some(0),
        ['两'] => return None,
        [one] => under(&[*one], &[])? * (unit / 10),
        ['零' | '〇', rest @ ..] => under(rest, lower)?,
        _ => under(chars, lower)?,
    };
    (value < unit).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(spoken: &str) -> Option<u64> {
        cardinal(&spoken.chars().collect::<Vec<_>>())
    }

    #[test]
    fn numerals_have_values() {
        let known = [
            ("十", 10),
            ("十五", 15),
            ("一百", 100),
            ("一百零五", 105),
            ("一百一十", 110),
            ("一百五", 150),
            ("两千三", 2_300),
            ("一万零五十", 10_050),
            ("十万", 100_000),
            ("一百二十五万三千", 1_253_000),
            ("一亿两千三百万", 123_000_000),
            ("一万亿", 1_000_000_000_000),
            ("三千零五万零二十", 30_050_020),
        ];
        for (spoken, want) in known {
            assert_eq!(value(spoken), Some(want), "{spoken}");
        }
    }

    #[test]
    fn approximations_and_nonsense_have_none() {
        for spoken in
            ["三四百", "十五六", "一百二三十", "两三万", "百", "万一", "千万", "一一", "一百两", "两十", "一万二万", ""]
        {
            assert_eq!(value(spoken), None, "{spoken}");
        }
    }
}
