//! Digits said one by one: telephone numbers, order numbers, room numbers.

use std::ops::Range;

use super::itn::Text;
use super::numeral;

/// Shortly behind these, digits are a number that is dialled or typed.
const NUMBERED: &[&str] = &[
    "电话",
    "手机",
    "号码",
    "尾号",
    "编号",
    "型号",
    "代码",
    "卡号",
    "账号",
    "身份证",
    "单号",
    "工号",
    "房号",
    "密码",
    "验证码",
    "微信",
    "联系",
];

/// How far before the digits such a word may be.
const NEAR: usize = 8;

/// Digits in one breath that are surely no counting.
const SURELY: usize = 5;

/// Digits in several breaths that make a telephone number.
const TELEPHONE: usize = 7;

/// The longest pause between digits, in characters.
const PAUSE: usize = 5;

/// Whether digits may go on behind this: punctuation, blanks, and what the other side says meanwhile.
pub(super) fn is_pause(between: &str) -> bool {
    let pauses = |char: char| {
        matches!(char, ' ' | '-' | '－' | '，' | ',' | '、' | '。' | '；' | '…')
            || matches!(char, '嗯' | '呃' | '哦' | '噢' | '啊' | '哎' | '对' | '好')
    };
    between == "转" || !between.is_empty() && between.chars().count() <= PAUSE && between.chars().all(pauses)
}

/// Whether a number may go on behind `text`, which ends in digits or in a pause behind digits.
pub(crate) fn is_open(text: &str) -> bool {
    let last = text.rfind(|char: char| numeral::is_numeral(char) || matches!(char, '0'..='9' | 'X' | 'x'));
    let behind = last.and_then(|at| text[at..].chars().next().map(|char| at + char.len_utf8()));
    behind.is_some_and(|behind| behind == text.len() || is_pause(&text[behind..]))
}

/// The digits at `at`, if they are a number.
pub(super) fn run(text: &Text, at: usize) -> Option<(usize, String)> {
    let len = run_len(text, at);
    if len < 2 {
        return None;
    }
    let chars = text.slice(at..at + len);
    let zero_or_yao = chars.iter().any(|char| matches!(char, '零' | '〇' | '幺'));
    let typed = text.shortly_before(at, NEAR, NUMBERED);
    let number = len >= SURELY || len >= 3 && (zero_or_yao || typed) || in_breaths(text, at, len) >= TELEPHONE;
    number.then(|| (len, chars.iter().filter_map(|char| as_digit(*char)).collect()))
}

/// Whether the `len` characters at `at`, such as 七七八八, are but a part of a number that is said digit by digit.
pub(super) fn go_beyond(text: &Text, at: usize, len: usize) -> bool {
    let digits = run_len(text, at);
    digits > len || digits == len && in_breaths(text, at, len) >= TELEPHONE
}

/// How many digits from `at` on are said one by one; zero if units are among them.
fn run_len(text: &Text, at: usize) -> usize {
    let len = (at..text.len()).take_while(|at| text.char(*at).and_then(as_digit).is_some()).count();
    let unit_follows = text.char(at + len).is_some_and(numeral::is_unit);
    if unit_follows { 0 } else { len }
}

fn as_digit(char: char) -> Option<char> {
    match char {
        '两' => None,
        '0'..='9' => Some(char),
        _ => numeral::digit(char).map(|digit| char::from(b'0' + digit)),
    }
}

/// Digits of all the groups that are separated from this one by no more than a pause.
fn in_breaths(text: &Text, at: usize, len: usize) -> usize {
    let is_digit = |at: usize| text.char(at).and_then(as_digit).is_some();
    let pause_behind = |end: usize| (1..=PAUSE).find(|n| is_digit(end + n)).filter(|n| paused(text, end..end + n));
    let mut total = len;
    let mut end = at + len;
    while let Some(pause) = pause_behind(end) {
        let next = run_len(text, end + pause);
        if next < 2 {
            break;
        }
        total += next;
        end += pause + next;
    }
    let pause_before = |start: usize| {
        (1..=PAUSE.min(start.saturating_sub(1)))
            .find(|n| is_digit(start - n - 1))
            .filter(|n| paused(text, start - n..start))
    };
    let mut start = at;
    while let Some(pause) = pause_before(start) {
        let previous = (0..start - pause).rev().take_while(|at| is_digit(*at)).count();
        if previous < 2 {
            break;
        }
        total += previous;
        start -= pause + previous;
    }
    total
}

fn paused(text: &Text, chars: Range<usize>) -> bool {
    is_pause(text.source(text.bytes(chars)))
}
