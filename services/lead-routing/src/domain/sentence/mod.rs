//! Routing rules written as Chinese sentences: `预算>20万且来自官网的线索，优先分给张伟或李娜`.
//!
//! Parsing is deterministic: a sentence means one rule or is refused with the words that are not clear. [`plain`] says a
//! rule in the same language, and reading that back gives the same rule.
//!
//! ```text
//! sentence  = { condition | action | filler }
//! condition = 来源 sources | 预算 bounds | 区域 values | 行业 values | field comparison value
//! action    = 分给 people | 不给 people | 只给资深 | 须会 values | 没有合适的人时 (进入 node 的待分配池 | 交给 person)
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | `cursor` | where reading is, and reading words, values, amounts and people |
//! | `conditions` | what a lead has to be |
//! | `actions` | who gets it |
//! | `plain` | a rule as a sentence |

mod actions;
mod conditions;
mod cursor;
mod plain;

use std::ops::Range;

use kernel::{FieldError, Text};
use uuid::Uuid;

use super::condition::Condition;
use super::rule::Action;
use cursor::Cursor;
pub use plain::plain;

/// Somebody a sentence can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
}

/// What is not clear, and where: a range of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    pub at: Range<usize>,
    pub word: String,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Word,
    Source,
    Person,
    /// Two people have this name.
    Ambiguous,
    Amount,
    /// Not a node such as `/huadong/`.
    Node,
    /// The same bound or action twice.
    Twice,
    /// Nobody is named to whom the leads go.
    NoAction,
}

impl Why {
    fn code(self) -> &'static str {
        match self {
            Self::Word => "unclear_word",
            Self::Source => "unknown_source",
            Self::Person => "unknown_person",
            Self::Ambiguous => "ambiguous_person",
            Self::Amount => "not_an_amount",
            Self::Node => "not_a_node",
            Self::Twice => "said_twice",
            Self::NoAction => "no_action",
        }
    }

    fn reason(self, word: &str) -> Text {
        match self {
            Self::Word => Text::new(format!("看不懂“{word}”"), format!("“{word}” is not understood")),
            Self::Source => Text::new(format!("没有名为“{word}”的来源"), format!("“{word}” is no source")),
            Self::Person => Text::new(format!("没有名叫“{word}”的业务员"), format!("no rep is called “{word}”")),
            Self::Ambiguous => Text::new(format!("有两位业务员叫“{word}”"), format!("two reps are called “{word}”")),
            Self::Amount => Text::new(format!("“{word}”不是金额"), format!("“{word}” is no amount")),
            Self::Node => Text::new(
                format!("“{word}”不是组织路径，例如 /huadong/"),
                format!("“{word}” is no path such as /huadong/"),
            ),
            Self::Twice => Text::new(format!("“{word}”说了两次"), format!("“{word}” is said twice")),
            Self::NoAction => Text::new("没有说分给谁", "it does not say who gets the leads"),
        }
    }
}

impl Unclear {
    /// As an error of `field`, whose path says where: `sentence[3..5]`.
    pub fn error(&self, field: &str) -> FieldError {
        let place = format!("{field}[{}..{}]", self.at.start, self.at.end);
        FieldError::new(place, self.why.code(), self.why.reason(&self.word))
    }
}

/// Between parts of a sentence, without a meaning of their own.
const FILLERS: &[&str] = &[
    "并且",
    "而且",
    "同时",
    "且",
    "的线索",
    "所有线索",
    "全部线索",
    "线索",
    "对于",
    "凡",
    "，",
    ",",
    "；",
    ";",
    "、",
    "。",
];

/// Reads a sentence. `people` are those it can name.
pub fn parse(sentence: &str, people: &[Person]) -> Result<(Condition, Action), Unclear> {
    let mut cursor = Cursor::new(sentence, people);
    let (mut condition, mut action) = (Condition::default(), Action::default());
    let mut given = false;
    while !cursor.at_end() {
        let start = cursor.at();
        if cursor.eat(FILLERS) || conditions::read(&mut cursor, &mut condition)? {
            continue;
        }
        if actions::read_recipients(&mut cursor, &mut action)? {
            if given {
                return Err(cursor.unclear(start, Why::Twice));
            }
            given = true;
        } else if !actions::read_limits(&mut cursor, &mut action)? {
            return Err(cursor.unclear_word(Why::Word));
        }
    }
    if !given && action.fallback.is_none() {
        let end = cursor.at();
        return Err(Unclear { at: end..end, word: String::new(), why: Why::NoAction });
    }
    Ok((condition, action))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
