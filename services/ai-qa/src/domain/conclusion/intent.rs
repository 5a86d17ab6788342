//! What a customer needs, and what somebody is going to do.

use super::super::scoring::clause::Clause;

/// A customer says so of a need.
const NEEDS: &[&str] = &[
    "需要",
    "想要",
    "希望",
    "要求",
    "打算",
    "计划",
    "准备上",
    "准备换",
    "准备买",
    "准备采购",
    "想换",
    "想买",
    "想上",
    "想找",
    "想做",
    "想解决",
    "缺",
    "必须",
    "最看重",
    "最关心",
    "得有",
    "要能",
    "要带",
    "能不能做",
    "有没有办法",
    "最好能",
    "最好有",
    "急着",
    "急需",
    "头疼",
    "痛点",
    "困扰",
];

/// Whose needs a rep tells of.
const CUSTOMERS: &[&str] = &["客户", "对方", "他们", "甲方", "采购", "老板", "用户"];

/// Nothing is needed by these.
const NO_NEEDS: &[&str] = &[
    "需要考虑",
    "需要再",
    "需要问",
    "需要商量",
    "想一想",
    "想想",
    "想问",
    "希望合作愉快",
    "不缺",
    "缺点",
    "缺乏诚意",
    "下一步",
    "计划是",
];

/// What is done next.
const STEPS: &[&str] = &[
    "发给",
    "发您",
    "发你",
    "发过",
    "寄给",
    "寄过",
    "寄样",
    "送样",
    "送过",
    "约",
    "安排",
    "拜访",
    "登门",
    "过来",
    "过去",
    "上门",
    "打电话",
    "电话联系",
    "联系",
    "报价",
    "出方案",
    "做方案",
    "签合同",
    "签约",
    "签",
    "付款",
    "打款",
    "付定金",
    "付订金",
    "汇报",
    "答复",
    "回复",
    "给您回",
    "回话",
    "试用",
    "打样",
    "开会",
    "碰一下",
    "碰面",
    "见面",
    "演示",
    "看样",
    "验收",
    "测量",
    "量尺",
    "申请",
    "确认",
    "准备好",
    "整理",
    "提交",
    "下单",
    "走流程",
    "去你们",
    "去您",
    "来看",
    "参观",
    "考察",
];

/// It is going to be done.
const AHEAD: &[&str] = &[
    "会",
    "我来",
    "我去",
    "我给",
    "我把",
    "回头",
    "稍后",
    "等会",
    "待会",
    "这两天",
    "尽快",
    "马上",
    "到时",
    "咱们",
    "那就",
    "就这么定",
    "下次",
    "先",
    "改天",
    "我让",
    "我们来",
    "下一步",
    "接下来",
    "计划",
    "打算",
    "准备",
];

/// The clause states a need, its own words counted only.
pub fn is_need(clause: &Clause) -> bool {
    let text = clause.text();
    !clause.asks && !says(&text, NO_NEEDS) && says_plainly(clause, &text, NEEDS)
}

/// The sentence is about the customer: a rep's own needs are nobody's conclusion.
pub fn tells_of_customer(sentence: &str) -> bool {
    says(sentence, CUSTOMERS)
}

/// The clause announces a step; `dated` says that it names a day ahead.
pub fn is_next_step(clause: &Clause, dated: bool) -> bool {
    let text = clause.text();
    !clause.asks && (dated || says(&text, AHEAD)) && says_plainly(clause, &text, STEPS)
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// One of `words` is there and not negated.
fn says_plainly(clause: &Clause, text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(byte, _)| {
            let at = text[..byte].chars().count();
            let denied = at > 0 && matches!(clause.chars[at - 1], '不' | '没' | '别');
            !denied && !clause.negated.get(at).copied().unwrap_or(false)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::scoring::clause::clauses;
    use super::*;

    fn first(text: &str) -> Clause {
        clauses(text).swap_remove(0)
    }

    #[test]
    fn needs_are_told_from_refusals_and_questions() {
        assert!(is_need(&first("我们需要二十台叉车")));
        assert!(is_need(&first("希望能带语音播报")));
        let none = ["我们不需要叉车", "您需要叉车吗？", "这个需要考虑一下", "今天天气不错", "下一步计划是下周三演示"];
        for text in none {
            assert!(!is_need(&first(text)), "{text}");
        }
    }

    #[test]
    fn steps_lie_ahead_and_are_not_denied() {
        assert!(is_next_step(&first("我回头把报价发给您"), false));
        assert!(is_next_step(&first("下周三签合同"), true));
        for text in ["合同已经签了三年", "我不会再联系您", "您会过来吗？"] {
            assert!(!is_next_step(&first(text), false), "{text}");
        }
    }
}
