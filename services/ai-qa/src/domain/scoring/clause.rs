//! A text taken apart: clauses with their words, numbers, negations, and who is quoted.

use super::lexicon::{Concept, LEXICON};
use super::polarity::negated;
use super::quantity::{Quantity, quantities};

/// A stretch of text between marks.
#[derive(Clone, Debug, Default)]
pub struct Clause {
    pub chars: Vec<char>,
    /// Part of a quantity: compared as a number, not as text.
    pub counts: Vec<bool>,
    pub negated: Vec<bool>,
    /// The concepts at each character.
    pub concepts: Vec<Vec<Concept>>,
    pub quantities: Vec<Quantity>,
    /// Somebody else's words or deeds: the customer quoted, a competitor described.
    pub attributed: bool,
    pub asks: bool,
}

/// Said before what is somebody else's.
const QUOTES: &[&str] = &[
    "您刚才说",
    "您刚才讲",
    "您说的",
    "您说",
    "您是说",
    "您讲",
    "您担心",
    "您怕",
    "您觉得",
    "您问",
    "您以为",
    "你说",
    "你担心",
    "客户说",
    "有人说",
    "别人说",
    "听说",
];

/// Somebody else is the subject.
const OTHERS: &[&str] =
    &["别家", "他们家", "同行", "竞品", "对手", "友商", "其他家", "其它家", "别的厂", "市面上", "上一家"];

/// The rep speaks of themselves again.
const TURNS: &[&str] = &["我们", "咱", "我家", "我这", "但", "不过", "可是", "而"];

const MARKS: &[char] = &['，', ',', '。', '！', '？', '；', '：', '!', '?', ';', ':', '、', '\n', '…', '—'];

/// Nothing but breath.
const FILLERS: &[char] = &['嗯', '啊', '呃', '哦', '嘛', '呢', '吧', '啦', '呀', '哎', '诶', '唉', ' ', '\u{3000}'];

/// The clauses of `text`. What is said of somebody else stays so until the rep speaks of themselves or turns it round.
pub fn clauses(text: &str) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    let (mut chars, mut of_others) = (Vec::new(), false);
    for c in text.chars().flat_map(plain).chain(['。']) {
        if !MARKS.contains(&c) {
            if !FILLERS.contains(&c) {
                chars.push(c);
            }
            continue;
        }
        if !chars.is_empty() {
            let mut clause = Clause::of(std::mem::take(&mut chars), c == '？' || c == '?');
            let text = clause.text();
            let turns = TURNS.iter().any(|word| text.contains(word));
            of_others = !turns && (of_others || OTHERS.iter().any(|other| text.contains(other)));
            clause.attributed |= of_others;
            found.push(clause);
        }
        of_others &= matches!(c, '，' | ',' | '、');
    }
    found
}

/// Full-width letters and digits as ordinary ones, in lower case.
fn plain(c: char) -> impl Iterator<Item = char> {
    let narrow = match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        '％' => '%',
        '你' => '您',
        _ => c,
    };
    narrow.to_lowercase()
}

impl Clause {
    fn of(chars: Vec<char>, ends_in_question: bool) -> Self {
        let quantities = quantities(&chars);
        let mut counts = vec![false; chars.len()];
        for quantity in &quantities {
            counts[quantity.start..quantity.end].fill(true);
        }
        let mut concepts = vec![Vec::new(); chars.len()];
        let words = LEXICON.words(&chars);
        let mut negated = negated(&chars, &words);
        for word in &words {
            let flag = negated[word.start];
            for at in word.start..word.end {
                concepts[at].clone_from(&word.concepts);
                negated[at] = flag;
            }
        }
        let text: String = chars.iter().collect();
        let attributed = QUOTES.iter().any(|quote| text.contains(quote));
        let asks = ends_in_question || chars.last() == Some(&'吗');
        Self { chars, counts, negated, concepts, quantities, attributed, asks }
    }

    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }
}
