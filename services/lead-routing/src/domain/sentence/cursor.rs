//! Where reading is.

use kernel::{Currency, Money, OrgPath};
use uuid::Uuid;

use super::{Person, Unclear, Why};
use crate::domain::amount::plain_decimal;
use crate::domain::company_name::half_width;

/// What ends a value that is not quoted.
const STOPS: &[&str] = &[
    "，",
    ",",
    "；",
    ";",
    "。",
    "、",
    "或",
    "的",
    "且",
    "并且",
    "而且",
    "同时",
    "预算",
    "来自",
    "来源",
    "区域",
    "行业",
    "优先",
    "分给",
    "分配给",
    "派给",
    "交给",
    "不给",
    "只给",
    "须会",
    "没有合适的人",
    "没人",
    "“",
    "”",
];
const ALTERNATIVES: &[&str] = &["或者", "或", "、"];

pub(super) struct Cursor<'a> {
    text: Vec<char>,
    at: usize,
    people: &'a [Person],
}

/// What an amount is said in.
#[derive(Clone, Copy)]
enum Unit {
    Yuan,
    TenThousand,
    HundredMillion,
}

const UNITS: &[(&str, Unit)] = &[
    ("万元", Unit::TenThousand),
    ("亿元", Unit::HundredMillion),
    ("万", Unit::TenThousand),
    ("亿", Unit::HundredMillion),
    ("元", Unit::Yuan),
];

impl Unit {
    fn factor(self) -> i64 {
        match self {
            Self::Yuan => 1,
            Self::TenThousand => 10_000,
            Self::HundredMillion => 100_000_000,
        }
    }
}

impl<'a> Cursor<'a> {
    pub(super) fn new(sentence: &str, people: &'a [Person]) -> Self {
        Self { text: sentence.chars().collect(), at: 0, people }
    }

    /// How many characters are read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn at_end(&mut self) -> bool {
        self.skip();
        self.at == self.text.len()
    }

    /// Passes spaces and brackets.
    fn skip(&mut self) {
        while self.text.get(self.at).is_some_and(|one| one.is_whitespace() || "（）()".contains(*one)) {
            self.at += 1;
        }
    }

    fn sees(&self, at: usize, word: &str) -> bool {
        let mut at = at;
        word.chars().all(|wanted| {
            at += 1;
            self.text.get(at - 1).is_some_and(|have| narrow(*have) == narrow(wanted))
        })
    }

    /// Passes the longest of these words that comes next.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        self.skip();
        let found = words.iter().filter(|word| self.sees(self.at, word)).map(|word| word.chars().count()).max();
        self.at += found.unwrap_or(0);
        found.is_some()
    }

    /// The choice whose word comes next, the longest of them.
    pub(super) fn choose<T: Copy>(&mut self, choices: &[(&str, T)]) -> Option<T> {
        self.skip();
        let fits = choices.iter().filter(|(word, _)| self.sees(self.at, word));
        let (word, choice) = fits.max_by_key(|(word, _)| word.chars().count())?;
        self.at += word.chars().count();
        Some(*choice)
    }

    /// One value, then others that are joined by 或 or 、. Where no value follows, 、 belongs to the sentence.
    pub(super) fn alternatives<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, Unclear>,
    ) -> Result<Vec<T>, Unclear> {
        let mut all = vec![one(self)?];
        loop {
            let before = self.at;
            if !self.eat(ALTERNATIVES) {
                return Ok(all);
            }
            let said = self.text[before..self.at].iter().collect::<String>();
            match one(self) {
                Ok(value) => all.push(value),
                Err(_) if said.trim() == "、" => {
                    self.at = before;
                    return Ok(all);
                }
                Err(unclear) => return Err(unclear),
            }
        }
    }

    /// Free text: quoted, or up to whatever ends a value.
    pub(super) fn value(&mut self) -> Result<String, Unclear> {
        self.skip();
        if self.eat(&["“", "\""]) {
            let start = self.at;
            while self.text.get(self.at).is_some_and(|one| !"”\"".contains(*one)) {
                self.at += 1;
            }
            let value = self.said(start);
            self.eat(&["”", "\""]);
            return if value.is_empty() { Err(self.unclear(start, Why::Word)) } else { Ok(value) };
        }
        let start = self.at;
        while self.at < self.text.len() && !STOPS.iter().any(|stop| self.sees(self.at, stop)) {
            self.at += 1;
        }
        let value = self.said(start).trim().to_owned();
        if value.is_empty() { Err(self.unclear_word(Why::Word)) } else { Ok(value) }
    }

    /// An amount of yuan: `20万`, `¥5,000`, `1.5 亿元`. What has no unit is yuan.
    pub(super) fn amount(&mut self) -> Result<Money, Unclear> {
        self.amount_in(&mut None)
    }

    /// Two amounts with a word between them, if it comes: `5 万到 20 万`. Said once, a unit is of both: `5到20万`.
    pub(super) fn amounts(&mut self, to: &[&str]) -> Result<(Money, Option<Money>), Unclear> {
        self.skip();
        let (start, mut unit) = (self.at, None);
        let low = self.amount_in(&mut unit)?;
        if !self.eat(to) {
            return Ok((low, None));
        }
        let mut of_both = None;
        let high = self.amount_in(&mut of_both)?;
        let factor = if unit.is_none() { of_both.map_or(1, Unit::factor) } else { 1 };
        let Some(minor) = low.minor.checked_mul(factor) else { return Err(self.unclear(start, Why::Amount)) };
        Ok((Money::new(minor, low.currency), Some(high)))
    }

    fn amount_in(&mut self, unit: &mut Option<Unit>) -> Result<Money, Unclear> {
        self.skip();
        let start = self.at;
        self.eat(&["¥", "￥", "人民币"]);
        self.digits();
        *unit = self.choose(UNITS);
        let text = half_width(&self.said(start)).replace(' ', "");
        let money = plain_decimal(&text).and_then(|decimal| Money::parse(&decimal, Currency::CNY).ok());
        let Some(money) = money.filter(|money| money.minor > 0) else {
            self.at = start;
            return Err(self.unclear_word(Why::Amount));
        };
        Ok(money)
    }

    /// A whole number.
    pub(super) fn number(&mut self) -> Option<u32> {
        self.skip();
        let start = self.at;
        self.digits();
        let number = half_width(&self.said(start)).parse().ok();
        if number.is_none() {
            self.at = start;
        }
        number
    }

    fn digits(&mut self) {
        while self.text.get(self.at).is_some_and(|one| {
            let one = narrow(*one);
            one.is_ascii_digit()
                || one == '.'
                || (one == ',' && self.text.get(self.at + 1).is_some_and(char::is_ascii_digit))
        }) {
            self.at += 1;
        }
    }

    /// Somebody, by the longest name that fits.
    pub(super) fn person(&mut self) -> Result<Uuid, Unclear> {
        self.skip();
        let length = |person: &Person| person.name.chars().count();
        let fits = |person: &&Person| !person.name.is_empty() && self.sees(self.at, &person.name);
        let named: Vec<&Person> = self.people.iter().filter(fits).collect();
        let Some(longest) = named.iter().map(|person| length(person)).max() else {
            return Err(self.unclear_word(Why::Person));
        };
        let start = self.at;
        self.at += longest;
        let mut called = named.into_iter().filter(|person| length(person) == longest);
        match (called.next(), called.next()) {
            (Some(person), None) => Ok(person.id),
            _ => Err(self.unclear(start, Why::Ambiguous)),
        }
    }

    /// A node such as `/huadong/`; nothing when no path begins here.
    pub(super) fn node(&mut self) -> Result<Option<OrgPath>, Unclear> {
        self.skip();
        let start = self.at;
        if !self.sees(start, "/") {
            return Ok(None);
        }
        while self.text.get(self.at).is_some_and(|one| one.is_ascii_alphanumeric() || "/-_".contains(*one)) {
            self.at += 1;
        }
        self.said(start).parse().map(Some).map_err(|_| self.unclear(start, Why::Node))
    }

    /// What was read since `start`.
    fn said(&self, start: usize) -> String {
        self.text[start..self.at].iter().collect()
    }

    /// What was read since `start` is not clear.
    pub(super) fn unclear(&self, start: usize, why: Why) -> Unclear {
        Unclear { at: start..self.at, word: self.said(start), why }
    }

    /// The word that comes next is not clear.
    pub(super) fn unclear_word(&mut self, why: Why) -> Unclear {
        self.skip();
        let start = self.at;
        let ends = |at: usize| STOPS.iter().any(|stop| self.sees(at, stop));
        let end = (start + 1..self.text.len()).find(|at| ends(*at)).unwrap_or(self.text.len()).max(start);
        Unclear { at: start..end, word: self.text[start..end].iter().collect(), why }
    }
}

/// One width of letters, digits and signs.
fn narrow(one: char) -> char {
    match one {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(one) - 0xfee0).unwrap_or(one),
        other => other,
    }
}
