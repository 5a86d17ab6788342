//! Inverse text normalisation: spoken numbers as people write them.
//!
//! | spoken | written |
//! |---|---|
//! | 一百二十五万三千 | 125.3万 (from 100,000 on in 万, from 100 million on in 亿, as long as few decimals suffice) |
//! | 一万两千块 | 12000元 (below 100,000 in digits) |
//! | 三万, 一亿两千万 | 3万, 1.2亿 (round numbers keep their unit) |
//! | 三点五, 三点五万 | 3.5, 3.5万 |
//! | 百分之二十五, 三分之二 | 25%, 2/3 |
//! | 二零二六年三月五号 | 2026年3月5日 |
//! | 三块五毛, 八五折 | 3.5元, 8.5折 |
//! | 幺三八零零一三八零零零 | 13800138000 |
//!
//! Left alone: single digits that only count (一个, 三天), bare 十 where nothing is measured (十分),
//! approximations (三四百, 几十万, 十几), idioms (三心二意, 万一, 十万火急).

mod context;
mod dates;
mod money;
mod number;

use std::ops::Range;

pub(in crate::text) use context::Text;

/// A rewritten part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the spoken text.
    pub source: Range<usize>,
    /// What to write instead.
    pub written: String,
}

/// A rule looks at the text from a character on and says how many characters it rewrites, and how.
type Rule = fn(&Text, usize) -> Option<(usize, String)>;

/// In order of precedence.
const RULES: &[Rule] = &[
    number::fraction,
    dates::year,
    dates::month_and_day,
    dates::time,
    money::discount,
    money::amount,
    number::measured,
    number::run,
];

/// What to rewrite in a spoken text, in order, without overlaps.
pub fn edits(text: &str) -> Vec<Edit> {
    let text = Text::new(text);
    let mut edits = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(skip) = text.untouched(at) {
            at += skip;
        } else if let Some((len, written)) = apply(&text, at) {
            edits.push(Edit { source: text.bytes(at..at + len), written });
            at += len;
        } else {
            at += text.numeral_len(at).max(1);
        }
    }
    edits.retain(|edit| text.source(edit.source.clone()) != edit.written);
    edits
}

/// The text with its numbers written.
pub fn written(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits(text) {
        out.push_str(&text[from..edit.source.start]);
        out.push_str(&edit.written);
        from = edit.source.end;
    }
    out.push_str(&text[from..]);
    out
}

fn apply(text: &Text, at: usize) -> Option<(usize, String)> {
    let minus = usize::from(text.is_minus(at));
    let (len, written) = RULES.iter().find_map(|rule| rule(text, at + minus))?;
    let sign = if minus == 1 { "-" } else { "" };
    Some((len + minus, format!("{sign}{written}")))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
