//! Objections found in what customers said, for the library.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::scoring::clause::{Clause, clauses};
use super::scoring::{Heard, Speaker};
use super::suggestion::TrackIndex;

/// A sentence of the customer that sounds like an objection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MinedObjection {
    pub text: String,
    pub sentence: u32,
    pub start_ms: u32,
    pub end_ms: u32,
    /// The talk track that already answers one like it.
    pub known_as: Option<Uuid>,
    /// How sure, 0 to 1: by its words, and by its likeness to known objections.
    pub strength: f64,
}

/// Words that hardly stand anywhere but in an objection.
const SURE: &[&str] = &[
    "太贵",
    "贵了",
    "贵不少",
    "有点贵",
    "比别家贵",
    "偏贵",
    "价格高",
    "报价高",
    "太高",
    "没预算",
    "没有预算",
    "预算用完",
    "预算不够",
    "不放心",
    "信不过",
    "不相信",
    "不敢订",
    "不敢买",
    "不敢用",
    "做不了主",
    "没必要换",
    "没必要",
    "不需要",
    "不考虑",
    "不感兴趣",
    "等不了",
    "来不及",
    "太慢",
    "学不会",
    "不会用",
    "没人会",
    "没时间",
    "没效果",
    "没有效果",
    "看不到效果",
    "不划算",
    "不值",
    "不靠谱",
    "骗人",
    "跑路",
    "打水漂",
    "压货",
    "卖不动",
    "卖不掉",
    "卖不完",
    "没听过",
    "没听说过",
    "考虑考虑",
    "再考虑",
    "再看看",
    "再说吧",
    "明年再说",
    "以后再说",
    "凭什么",
    "更便宜",
    "便宜多了",
    "合作很多年",
    "合作多年",
    "有供应商了",
    "放不下",
    "不愿意",
];

/// Words of doubt: two together, or one beside a known objection.
const DOUBT: &[&str] = &[
    "担心",
    "怕",
    "万一",
    "怎么办",
    "靠谱吗",
    "能行吗",
    "行不行",
    "有保证吗",
    "贵",
    "便宜",
    "别家",
    "人家",
    "投诉",
    "坏了",
    "出问题",
    "毛病",
    "售后",
    "没人修",
    "找不到人",
    "麻烦",
    "复杂",
    "太少",
    "太多",
    "太小",
    "太长",
    "抽成",
    "手续费",
    "另外收费",
    "泄露",
    "丢了",
    "效果",
    "以前用过",
    "上次",
    "又不",
    "不好",
    "不行",
    "不如",
    "问老板",
    "谁知道",
    "怎么知道",
    "真的假的",
    "质量",
    "味道",
    "噪音",
    "褪色",
    "破损",
];

/// From this strength on a sentence is offered.
const OFFERED: f64 = 0.5;
/// From here on two objections are the same.
const ALIKE: f64 = 0.45;

/// The customer's objections in `heard`, in their order; nothing from doubtful sentences.
pub fn mined_objections(heard: &[Heard], known: &TrackIndex) -> Vec<MinedObjection> {
    let customers = heard.iter().filter(|one| one.speaker == Speaker::Customer && !one.doubtful);
    customers.filter_map(|one| mined(one, known)).collect()
}

fn mined(heard: &Heard, known: &TrackIndex) -> Option<MinedObjection> {
    let likest = known.likest_objection(&heard.text);
    let alike = likest.map_or(0.0, |(_, alike)| alike);
    let words = by_words(&clauses(&heard.text));
    // Either alone can be enough; together they need less.
    let strength = (1.0 - (1.0 - words) * (1.0 - alike)).clamp(0.0, 1.0);
    (strength >= OFFERED && (words > 0.0 || alike >= ALIKE)).then(|| MinedObjection {
        text: heard.text.trim().to_owned(),
        sentence: heard.index,
        start_ms: heard.start_ms,
        end_ms: heard.end_ms,
        known_as: likest.filter(|(_, alike)| *alike >= ALIKE).map(|(id, _)| id),
        strength,
    })
}

/// How much the words alone sound like an objection.
fn by_words(clauses: &[Clause]) -> f64 {
    let hits = |words: &[&str]| -> usize { clauses.iter().map(|clause| occurrences(clause, words)).sum() };
    match (hits(SURE), hits(DOUBT)) {
        (0, 0) => 0.0,
        (0, 1) => 0.35,
        (0, _) => 0.55,
        (1, 0) => 0.65,
        _ => 0.8,
    }
}

/// How many of `words` the clause says without denying them: "不贵" is praise.
fn occurrences(clause: &Clause, words: &[&str]) -> usize {
    let text = clause.text();
    let said = |word: &&&str| {
        text.match_indices(**word).any(|(byte, _)| {
            let at = text[..byte].chars().count();
            let negated = clause.negated.get(at).copied().unwrap_or(false) || at > 0 && clause.chars[at - 1] == '不';
            !negated
        })
    };
    words.iter().filter(said).count()
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::super::scoring::labelled::TrackEntry;
    use super::*;

    static INDEX: LazyLock<TrackIndex> = LazyLock::new(|| {
        let entries: Vec<TrackEntry> =
            serde_saphyr::from_str(include_str!("../../testdata/scoring/library.yaml")).unwrap();
        TrackIndex::of(&entries.iter().map(TrackEntry::talk_track).collect::<Vec<_>>())
    });

    fn heard(speaker: Speaker, text: &str, doubtful: bool) -> Heard {
        let (start_ms, end_ms, text) = (1_000, 4_000, text.to_owned());
        Heard { index: 3, start_ms, end_ms, speaker, text, confidence: 0.9, doubtful }
    }

    fn of_customer(text: &str) -> Vec<MinedObjection> {
        mined_objections(&[heard(Speaker::Customer, text, false)], &INDEX)
    }

    #[test]
    fn objections_are_told_from_small_talk() {
        for text in [
            "你们这个价格还是太贵了。",
            "我们跟老厂家合作很多年了，没必要换。",
            "万一坏了，你们售后找不到人怎么办？",
            "这个事我做不了主，得问老板。",
            "我再考虑考虑吧。",
            "你们交货太慢，工地等不了。",
        ] {
            assert_eq!(of_customer(text).len(), 1, "{text}");
        }
        for text in [
            "好的，请坐，喝点水。",
            "那你把资料发给我。",
            "这个价格不贵，可以接受。",
            "行，下周三签合同。",
            "多少钱一台？",
        ] {
            assert!(of_customer(text).is_empty(), "{text}: {:?}", of_customer(text));
        }
    }

    #[test]
    fn a_known_objection_is_recognised_and_times_are_kept() {
        let found = of_customer("你们交货实在太慢了，我工地上等不了啊。");
        assert!(found[0].known_as.is_some());
        assert_eq!((found[0].sentence, found[0].start_ms, found[0].end_ms), (3, 1_000, 4_000));
        assert_eq!(of_customer("车位太小，货车进不来，不考虑。")[0].known_as, None);
    }

    #[test]
    fn the_rep_and_what_was_heard_badly_do_not_count() {
        let text = "你们这个价格还是太贵了。";
        assert!(
            mined_objections(&[heard(Speaker::Rep, text, false), heard(Speaker::Customer, text, true)], &INDEX)
                .is_empty()
        );
    }

    proptest! {
        #[test]
        fn strength_is_a_probability(text in "[太贵不担心怕万一价格好的，。？]{0,24}") {
            for one in of_customer(&text) {
                prop_assert!((OFFERED..=1.0).contains(&one.strength));
            }
        }
    }
}
