//! Plain numbers: cardinals, decimals, fractions, runs of digits.

use super::super::{digits, numeral};
use super::context::Text;

/// Behind these a single digit or a bare 十 measures something.
const MEASURES: &[&str] = &[
    "个百分点",
    "个点",
    "公里",
    "公斤",
    "公分",
    "毫米",
    "厘米",
    "平米",
    "平方",
    "立方",
    "千瓦",
    "吨",
    "分钟",
    "小时",
    "倍",
];

/// Behind these a bare 十 counts something.
const COUNTS: &[char] =
    &['个', '天', '年', '台', '套', '件', '家', '人', '次', '页', '份', '米', '岁', '度', '名', '位', '张', '条'];

/// Words in which 一点 means a little.
const A_LITTLE: &[char] = &[
    '有', '差', '早', '晚', '快', '慢', '多', '少', '大', '小', '高', '低', '好', '再', '这', '那', '贵', '宜', '近',
    '远',
];

/// A number and how many characters it takes.
pub(super) struct Number {
    pub len: usize,
    pub written: String,
    /// The value, if it is whole.
    pub whole: Option<u64>,
}

/// The cardinal or decimal at `at`: all of its numerals, or nothing.
pub(super) fn number(text: &Text, at: usize) -> Option<Number> {
    let len = cardinal_len(text, at);
    let chars = text.slice(at..at + len);
    let value = numeral::cardinal(chars)?;
    if let Some(decimal) = decimal(text, at, len, value) {
        return Some(decimal);
    }
    Some(Number { len, written: format(value, chars.last().copied()), whole: Some(value) })
}

/// 三千一个 is a price for each, not 3100.
fn cardinal_len(text: &Text, at: usize) -> usize {
    let len = text.numeral_len(at);
    let each = len > 2
        && text.char(at + len - 1) == Some('一')
        && matches!(text.char(at + len - 2), Some('百' | '千' | '万' | '亿'))
        && matches!(
            text.char(at + len),
            Some('个' | '台' | '套' | '件' | '年' | '月' | '次' | '天' | '份' | '人' | '张' | '位')
        );
    if each { len - 1 } else { len }
}

fn decimal(text: &Text, at: usize, len: usize, whole: u64) -> Option<Number> {
    let point = at + len;
    let little = text.slice(at..point) == ['一'] && text.before(at).is_some_and(|before| A_LITTLE.contains(&before));
    if text.char(point) != Some('点') || little || text.is_time_of_day(at) {
        return None;
    }
    let rest = text.numeral_len(point + 1);
    let behind = text.slice(point + 1..point + 1 + rest);
    let unit = behind.last().copied().filter(|last| matches!(last, '万' | '亿'));
    let fraction = numeral::digits(&behind[..rest - usize::from(unit.is_some())])?;
    let end = point + 1 + rest;
    let is_time = text.char(end) == Some('分') && !text.is(end, "分之");
    if is_time {
        return None;
    }
    let unit = unit.map(String::from).unwrap_or_default();
    Some(Number { len: end - at, written: format!("{whole}.{fraction}{unit}"), whole: None })
}

/// Digits, or 万 and 亿 where they are shorter and lose nothing.
pub(super) fn format(value: u64, last: Option<char>) -> String {
    const WAN: u64 = 10_000;
    const YI: u64 = 100_000_000;
    match last {
        _ if value < WAN => value.to_string(),
        Some('亿') if value.is_multiple_of(YI * WAN) => format!("{}万亿", value / YI / WAN),
        Some('亿') => format!("{}亿", value / YI),
        _ if value >= YI && value.is_multiple_of(WAN) => with_unit(value, YI, '亿'),
        Some('万') => format!("{}万", value / WAN),
        _ if (10 * WAN..YI).contains(&value) && value.is_multiple_of(100) => with_unit(value, WAN, '万'),
        _ => value.to_string(),
    }
}

fn with_unit(value: u64, unit: u64, name: char) -> String {
    let decimals = format!("{:08}", value % unit * (100_000_000 / unit));
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{}{point}{decimals}{name}", value / unit)
}

/// A number that is worth writing: more than a single digit, or one that measures something.
pub(super) fn measured(text: &Text, at: usize) -> Option<(usize, String)> {
    let number = number(text, at)?;
    let behind = at + number.len;
    let bare_ten = number.len == 1 && text.char(at) == Some('十');
    let measures = text.any(behind, MEASURES).is_some();
    let counts = bare_ten && text.char(behind).is_some_and(|char| COUNTS.contains(&char));
    (number.len > 1 || measures || counts).then_some((number.len, number.written))
}

/// 百分之二十五, 千分之三, 三分之二.
pub(super) fn fraction(text: &Text, at: usize) -> Option<(usize, String)> {
    let (len, sign) = match text.any(at, &["百分之", "千分之"]) {
        Some("百分之") => (3, Some('%')),
        Some(_) => (3, Some('‰')),
        None => (text.numeral_len(at) + 2, None),
    };
    let upper_at = at + len;
    if let Some(sign) = sign {
        if text.is(upper_at, "百") && text.numeral_len(upper_at) == 1 {
            return Some((len + 1, format!("100{sign}")));
        }
        let upper = number(text, upper_at)?;
        return Some((len + upper.len, format!("{}{sign}", upper.written)));
    }
    if len == 2 || !text.is(at + len - 2, "分之") {
        return None;
    }
    let lower = numeral::cardinal(text.slice(at..at + len - 2))?;
    let upper = number(text, upper_at)?;
    Some((len + upper.len, format!("{}/{lower}", upper.whole?)))
}

/// A run of digits said one by one.
pub(super) fn run(text: &Text, at: usize) -> Option<(usize, String)> {
    digits::run(text, at)
}
