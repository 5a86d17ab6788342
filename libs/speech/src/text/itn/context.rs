//! The text around a numeral, and words whose numerals are none.

use std::ops::Range;

use super::super::{digits, numeral};

/// Words that begin with a numeral and count nothing.
const IDIOMS: &[&str] = &[
    "一五一十",
    "七七八八",
    "三三两两",
    "三三五五",
    "九九八十一难",
    "十万火急",
    "十万八千里",
    "十一假期",
    "十一长假",
    "十一黄金周",
    "十一国庆",
    "十一放假",
    "三十六计",
    "七十二变",
    "三百六十行",
    "三十而立",
    "四十不惑",
    "十八般",
    "十八罗汉",
    "五十步笑百步",
    "八九不离十",
    "十有八九",
    "十之八九",
    "三六九等",
    "一百八十度大转弯",
    "一是一",
    "二十四孝",
    "二十四史",
    "三分之一世",
    "一点一滴",
    "一点半点",
    "两点一线",
    "三点一线",
];

/// The characters of a text and where they are.
pub(in crate::text) struct Text<'a> {
    source: &'a str,
    chars: Vec<char>,
    starts: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(in crate::text) fn new(source: &'a str) -> Self {
        let (mut starts, chars): (Vec<_>, Vec<_>) = source.char_indices().unzip();
        starts.push(source.len());
        Self { source, chars, starts }
    }

    /// Characters.
    pub(in crate::text) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The bytes of a range of characters.
    pub(in crate::text) fn bytes(&self, chars: Range<usize>) -> Range<usize> {
        self.starts[chars.start]..self.starts[chars.end]
    }

    pub(in crate::text) fn source(&self, bytes: Range<usize>) -> &str {
        &self.source[bytes]
    }

    pub(in crate::text) fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    pub(in crate::text) fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    pub(in crate::text) fn slice(&self, range: Range<usize>) -> &[char] {
        &self.chars[range]
    }

    /// Whether the text goes on with `word` at the character `at`.
    pub(in crate::text) fn is(&self, at: usize, word: &str) -> bool {
        self.starts.get(at).is_some_and(|start| self.source[*start..].starts_with(word))
    }

    /// The first of `words` with which the text goes on.
    pub(in crate::text) fn any<'w>(&self, at: usize, words: &[&'w str]) -> Option<&'w str> {
        words.iter().find(|word| self.is(at, word)).copied()
    }

    /// Whether one of `words` is among the `within` characters before `at`.
    pub(in crate::text) fn shortly_before(&self, at: usize, within: usize, words: &[&str]) -> bool {
        let near = &self.source[self.starts[at.saturating_sub(within)]..self.starts[at]];
        words.iter().any(|word| near.contains(word))
    }

    /// How many characters from `at` on are numerals.
    pub(in crate::text) fn numeral_len(&self, at: usize) -> usize {
        self.chars[at.min(self.len())..].iter().take_while(|char| numeral::is_numeral(**char)).count()
    }

    /// Whether 负 at `at` is a minus sign.
    pub(in crate::text) fn is_minus(&self, at: usize) -> bool {
        let negates = self.char(at) == Some('负') && !matches!(self.before(at), Some('正' | '胜' | '抱' | '担' | '欺'));
        negates && self.numeral_len(at + 1) > 0
    }

    /// Whether what follows 下午, 早 or the like is an hour.
    pub(in crate::text) fn is_time_of_day(&self, at: usize) -> bool {
        matches!(self.before(at), Some('午' | '早' | '晚' | '晨' | '夜'))
    }

    /// How many characters from `at` on belong to an idiom or an approximation.
    pub(in crate::text) fn untouched(&self, at: usize) -> Option<usize> {
        let idiom = self.any(at, IDIOMS).map(|idiom| idiom.chars().count());
        if let Some(len) = idiom.filter(|len| !digits::go_beyond(self, at, *len)) {
            return Some(len);
        }
        let len = self.numeral_len(at);
        let vague = match self.before(at) {
            Some('几') => true,
            Some('数') => self.char(at).is_some_and(numeral::is_unit),
            Some('双') => self.is(at, "十一") || self.is(at, "十二"),
            _ => false,
        };
        (vague && len > 0).then_some(len)
    }
}
