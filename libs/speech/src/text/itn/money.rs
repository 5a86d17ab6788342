//! Money.

use super::super::numeral;
use super::context::Text;
use super::number::{Number, number};

/// Things that come in pieces (块); 二十块屏 costs nothing yet.
const PIECES: &[char] =
    &['屏', '板', '地', '表', '硬', '牌', '显', '电', '砖', '布', '肉', '糖', '玻', '石', '木', '钢', '面', '儿', '去'];

/// 八折, 八五折: eight and a half tenths of the price.
pub(super) fn discount(text: &Text, at: usize) -> Option<(usize, String)> {
    let len = text.numeral_len(at);
    if text.char(at + len) != Some('折') || !matches!(len, 1 | 2) {
        return None;
    }
    let digits = numeral::digits(text.slice(at..at + len)).filter(|digits| !digits.starts_with('0'))?;
    let (whole, tenth) = digits.split_at(1);
    let point = if tenth.is_empty() { "" } else { "." };
    Some((len + 1, format!("{whole}{point}{tenth}折")))
}

/// 一万两千块, 三块五, 五毛钱, 12元 in digits as well.
pub(super) fn amount(text: &Text, at: usize) -> Option<(usize, String)> {
    let number = arabic(text, at).or_else(|| number(text, at))?;
    let mark = at + number.len;
    match text.char(mark)? {
        '毛' | '角' if text.is(mark + 1, "钱") => {
            let tenths = number.whole.filter(|tenths| *tenths < 10)?;
            Some((number.len + 2, format!("0.{tenths}元")))
        }
        '元' => Some((number.len + 1 + tail(text, mark + 1), format!("{}元", number.written))),
        '块' => pieces(text, at, &number),
        _ => None,
    }
}

fn pieces(text: &Text, at: usize, number: &Number) -> Option<(usize, String)> {
    let behind = at + number.len + 1;
    if let Some((len, cents)) = change(text, behind) {
        let yuan = number.whole?;
        let cents = format!("{cents:02}");
        return Some((number.len + 1 + len, format!("{yuan}.{}元", cents.trim_end_matches('0'))));
    }
    let pays = text.is(behind, "钱");
    let thing = text.char(behind).is_some_and(|char| PIECES.contains(&char));
    let counts = number.len == 1 && text.char(at) != Some('十') || thing;
    if counts && !pays {
        return None;
    }
    Some((number.len + 1 + tail(text, behind), format!("{}元", number.written)))
}

/// What follows 三块: 五, 五毛, 五毛二, 零五分. Returns the cents.
fn change(text: &Text, at: usize) -> Option<(usize, u8)> {
    let one = |at: usize| text.char(at).and_then(numeral::digit).filter(|_| text.numeral_len(at) == 1);
    if text.char(at) == Some('零') && text.char(at + 2) == Some('分') {
        return Some((3, one(at + 1).or_else(|| text.char(at + 1).and_then(numeral::digit))?));
    }
    let tenths = one(at).filter(|digit| *digit > 0)?;
    if !matches!(text.char(at + 1), Some('毛' | '角')) {
        let ends = text.char(at + 1).is_none_or(|next| !next.is_alphanumeric());
        return ends.then_some((1, tenths * 10));
    }
    let Some(cents) = one(at + 2) else { return Some((2 + tail(text, at + 2), tenths * 10)) };
    let fen = usize::from(text.char(at + 3) == Some('分'));
    Some((3 + fen, tenths * 10 + cents))
}

/// 钱 says nothing more.
fn tail(text: &Text, at: usize) -> usize {
    usize::from(text.is(at, "钱"))
}

/// A number that is written already.
fn arabic(text: &Text, at: usize) -> Option<Number> {
    let joins = |before: char| before.is_ascii_digit() || before == '.';
    if text.before(at).is_some_and(joins) {
        return None;
    }
    let len = (at..text.len()).take_while(|at| text.char(*at).is_some_and(joins)).count();
    let written: String = text.slice(at..at + len).iter().collect();
    let unit = text.char(at + len).filter(|unit| matches!(unit, '万' | '亿'));
    let whole = written.parse().ok();
    (written.starts_with(|first: char| first.is_ascii_digit())).then(|| match unit {
        Some(unit) => Number { len: len + 1, written: format!("{written}{unit}"), whole: None },
        None => Number { len, written, whole },
    })
}
