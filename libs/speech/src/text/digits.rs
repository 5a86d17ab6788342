//! Digits said one by one: telephone numbers, order numbers, room numbers.

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
    let pause = |at: usize| matches!(text.char(at), Some(' ' | '-' | '，' | ',' | '、' | '－'));
    let mut total = len;
    let mut end = at + len;
    while pause(end) {
        let next = run_len(text, end + 1);
        if next < 2 {
            break;
        }
        total += next;
        end += 1 + next;
    }
    let mut start = at;
    while start >= 2 && pause(start - 1) {
        let previous = (0..start - 1).rev().take_while(|at| text.char(*at).and_then(as_digit).is_some()).count();
        if previous < 2 {
            break;
        }
        total += previous;
        start -= 1 + previous;
    }
    total
}
