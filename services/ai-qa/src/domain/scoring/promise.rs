//! Whether a sentence promises, or says that it does not.

use super::speech::Sentence;

/// In a sentence with one of these nothing is promised: "零甲醛是不存在的", "最低价我不敢保证".
const DISCLAIMERS: &[&str] = &[
    "不敢",
    "不能说",
    "不能保证",
    "不能答应",
    "不能跟您",
    "不能骗",
    "没法保证",
    "没法给您",
    "没人敢",
    "没有人敢",
    "谁也",
    "谁都",
    "谁敢",
    "保证不了",
    "不会跟您保证",
    "不会保证",
    "不保证",
    "做不到",
    "打不了包票",
    "不能打包票",
    "不打包票",
    "骗人",
    "骗您",
    "忽悠",
    "瞎说",
    "套路",
    "吹牛",
    "夸大",
    "不存在",
    "违法",
    "违规",
    "不允许",
    "不合规",
    "不建议",
    "不做",
    "不会做",
    "不干",
    "绝不",
    "不赞成",
    "不可能给",
    "没有这个",
    "也不是说",
    "不是说",
    "答应不了",
    "不现实",
    "没有那",
    "没有哪",
];

/// Nothing in the sentence can be taken as a promise.
pub fn disclaims(sentence: &Sentence<'_>) -> bool {
    sentence.clauses.iter().any(|clause| {
        let text = clause.text();
        DISCLAIMERS.iter().any(|words| text.contains(words))
    })
}

#[cfg(test)]
mod tests {
    use super::super::heard::Heard;
    use super::super::speech::{Speech, is_rep};
    use super::*;

    #[test]
    fn a_promise_is_told_from_its_refusal() {
        let says = |text: &str| disclaims(&Speech::of(&Heard::typed(text), is_rep).sentences[0]);
        assert!(says("我们不能保证退款，这个要看合同"));
        assert!(says("百分百安全这种话没人敢说"));
        assert!(!says("我保证给您退款"));
    }
}
