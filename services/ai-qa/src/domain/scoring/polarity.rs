//! Which characters of a clause are negated.
//!
//! A negator reaches forward to the end of its clause, or, where nothing but a light verb follows ("减震垫我们不提供"), back over it.
//! Two negators cancel each other; questions (能不能) and idioms (不仅, 不错) negate nothing.

use super::lexicon::Word;

/// Nothing of these is a negator.
const IDIOMS: &[&str] = &[
    "不但",
    "不仅",
    "不光",
    "不过",
    "不管",
    "不论",
    "不少",
    "不错",
    "不同",
    "差不多",
    "不好意思",
    "不久",
    "不断",
    "不然",
    "要不",
    "没问题",
    "没关系",
    "没错",
    "没事",
    "不客气",
    "不瞒",
    "不妨",
    "不止",
    "不只",
    "无论",
    "无非",
    "非常",
    "除非",
    "没准",
    "不得了",
    "不满",
    "不放心",
    "不贵",
    "不到",
    "不足",
    "不等于",
    "不怕",
    "没听过",
    "不愿意",
    "不信",
    "不懂",
    "不会的",
    "未来",
    "别家",
    "别人",
    "别的",
    "别墅",
    "特别",
    "区别",
    "类别",
    "级别",
    "性别",
    "分别",
    "差别",
    "个别",
    "辨别",
    "识别",
    "有没有",
    "没空",
    "不行再",
    "不用担心",
    "不用怕",
    "不用操心",
    "不耽误",
    "不影响",
    "不敢当",
    "不见不散",
    "无忧",
    "不超过",
    "不低于",
    "不高于",
    "不少于",
    "不多于",
    "没的说",
    "没得说",
    "不在话下",
    "不够",
    "不急",
    "不吵",
];

/// The longest first.
const NEGATORS: &[&str] = &[
    "从来没有",
    "并不是",
    "用不着",
    "没办法",
    "不可能",
    "不可以",
    "不需要",
    "不支持",
    "不存在",
    "不负责",
    "没有",
    "没法",
    "没能",
    "没人",
    "无法",
    "无需",
    "不能",
    "不会",
    "不是",
    "不用",
    "不必",
    "不要",
    "不敢",
    "不让",
    "不给",
    "不想",
    "并非",
    "不得",
    "别",
    "不",
    "没",
    "未",
    "无",
];

/// Characters after a negator at the end of a clause that carry nothing of their own.
const LIGHT: &str = "给做管行了有支持提供负责可以算能够成包送让用试办要收来去不好您我们的啊哦呢啦嘛";

/// What a verb takes when its object stands before: 合同里面不用写这个.
const PRONOUNS: &[&str] = &["这个", "那个", "这些", "那些", "它"];

/// A new thought begins: nothing before it reaches over it.
const STOPS: &[char] = &['先', '就', '再', '也', '都', '才', '而', '但', '则', '的', '可'];

const REACH: usize = 10;

/// One flag for each character of a clause (no marks in it). A negator inside one of `words` is part of its meaning (不收费), unless it
/// is the whole word (不用).
pub fn negated(clause: &[char], words: &[Word]) -> Vec<bool> {
    let mut flags = vec![false; clause.len()];
    let mut negators = negators(clause);
    let inside =
        |word: &Word, start, end| word.start <= start && end <= word.end && word.end - word.start > end - start;
    negators.retain(|(start, end)| !words.iter().any(|word| inside(word, *start, *end)));
    let mut skip = false;
    for (n, (start, end)) in negators.iter().copied().enumerate() {
        let next = negators.get(n + 1).map_or(clause.len(), |(next, _)| *next);
        if std::mem::take(&mut skip) {
            continue;
        }
        if next == end && next < clause.len() {
            // 不是不能: two cancel.
            skip = true;
            continue;
        }
        let behind = &clause[end..next];
        if potential(clause, start, end) {
            // 退不了, 锁不了价: the verb before; all before when nothing follows.
            let from = if behind.len() <= 2 { start.saturating_sub(REACH) } else { start.saturating_sub(2) };
            flags[from..start].fill(true);
            flags[end..reach(clause, end, next)].fill(true);
        } else if start >= 2 && reaches_back(&clause[..start], behind) {
            flags[start.saturating_sub(REACH)..next].fill(true);
        } else {
            flags[end..reach(clause, end, next)].fill(true);
        }
    }
    flags
}

/// How far forward a negator reaches from `end`.
fn reach(clause: &[char], end: usize, next: usize) -> usize {
    let to = (end + REACH).min(next);
    let stop = clause[end..to].iter().skip(1).position(|c| STOPS.contains(c));
    stop.map_or(to, |stop| end + 1 + stop)
}

/// Nothing but a light verb or a repetition follows: 样品也不给, 检测报告没有检测报告.
fn reaches_back(before: &[char], behind: &[char]) -> bool {
    let behind = without_pronoun(behind);
    let light = behind.len() <= 2 || behind.len() <= 4 && behind.iter().all(|c| LIGHT.contains(*c));
    light || before.windows(behind.len()).any(|part| part == behind)
}

fn without_pronoun(behind: &[char]) -> &[char] {
    let ends = |pronoun: &&&str| {
        let pronoun: Vec<char> = pronoun.chars().collect();
        behind.ends_with(&pronoun)
    };
    let length = PRONOUNS.iter().find(ends).map_or(0, |pronoun| pronoun.chars().count());
    &behind[..behind.len() - length]
}

/// Where negators stand, idioms and questions left out.
fn negators(clause: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < clause.len() {
        if let Some(length) = longest(IDIOMS, &clause[at..]) {
            at += length;
        } else if let Some(length) = longest(NEGATORS, &clause[at..]) {
            if !asks(clause, at) {
                found.push((at, at + length));
            }
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// 能不能, 要不要, 好不好.
fn asks(clause: &[char], at: usize) -> bool {
    matches!(clause[at], '不' | '没') && at > 0 && clause.get(at + 1) == Some(&clause[at - 1])
}

/// 退不了, 办不下来, 收不到.
fn potential(clause: &[char], start: usize, end: usize) -> bool {
    clause[start..end] == ['不']
        && start > 0
        && clause.get(end).is_some_and(|c| "了到起动下住好上来去完掉成满".contains(*c))
}

fn longest(words: &[&str], chars: &[char]) -> Option<usize> {
    let fits = |word: &&&str| {
        let length = word.chars().count();
        length <= chars.len() && word.chars().zip(chars).all(|(a, b)| a == *b)
    };
    words.iter().filter(fits).map(|word| word.chars().count()).max()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lexicon::LEXICON;
    use super::*;

    /// The negated characters, the rest as dots.
    fn shown(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        negated(&chars, &[]).into_iter().zip(&chars).map(|(negated, c)| if negated { *c } else { '.' }).collect()
    }

    #[test]
    fn what_follows_a_negator_is_negated() {
        assert_eq!(shown("我们不提供备用机"), "...提供备用机");
        assert_eq!(shown("没有检测报告"), "..检测报告");
    }

    #[test]
    fn a_negator_that_is_a_word_of_its_own_still_negates() {
        let clause: Vec<char> = "合同里面不用写这个".chars().collect();
        let flags = negated(&clause, &LEXICON.words(&clause));
        assert!(flags[0] && flags[6], "合同, 写: {flags:?}");
    }

    #[test]
    fn a_negator_at_the_end_reaches_back() {
        for (text, wanted) in
            [("分批发货不行", "分批发货"), ("价格锁不了", "价格锁"), ("质保的话主机不保", "质保的话主机")]
        {
            assert!(shown(text).starts_with(wanted), "{text}: {}", shown(text));
        }
        assert!(shown("报告我们没有报告").starts_with("报告"));
    }

    #[test]
    fn two_negators_cancel_and_questions_and_idioms_negate_nothing() {
        assert_eq!(shown("不是不能退款"), "......");
        assert_eq!(shown("卖不动的可以退"), "卖.动....", "the relative clause ends it");
        assert!(negated(&['不', '退', '不', '换'], &[]).iter().skip(1).step_by(2).all(|flag| *flag));
        assert_eq!(shown("能不能退款"), ".....");
        assert_eq!(shown("不仅免费而且上门"), "........");
    }

    proptest! {
        #[test]
        fn every_character_gets_a_flag(text in "[不没有无法能会退款免费的了别]{0,24}") {
            let chars: Vec<char> = text.chars().collect();
            prop_assert_eq!(negated(&chars, &[]).len(), chars.len());
        }
    }
}
