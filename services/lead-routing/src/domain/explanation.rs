//! Why a lead went where it went, kept with the decision.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Longer explanations are cut when they travel in an event; the stored one is complete.
const LONGEST_IN_EVENT: usize = 40;

/// One rule and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RuleTried {
    pub rule_id: Uuid,
    pub rule: String,
    /// `not_matched`, `nobody_fits`, `chosen`
    pub result: String,
    /// Why, in Chinese.
    pub reason: String,
}

/// Somebody who could have taken the lead, with the load figures of that moment.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Considered {
    pub person_id: Uuid,
    pub name: String,
    pub open: i32,
    pub open_limit: i32,
    pub assigned_today: i32,
    pub weight: u32,
    /// What was compared: open leads and those finished today, or leads of this rule when it splits by percentage.
    pub load: u64,
    /// The fair share of this one lead, 0 to 1.
    pub share: f64,
    pub chosen: bool,
}

/// Somebody who was passed over.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Skipped {
    pub person_id: Uuid,
    pub name: String,
    pub rule: String,
    /// Such as `open_limit`, `on_leave`, `lacks_skill`.
    pub code: String,
    /// Why, in Chinese.
    pub reason: String,
}

/// Everything that was looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Explanation {
    pub rules: Vec<RuleTried>,
    pub considered: Vec<Considered>,
    pub skipped: Vec<Skipped>,
    /// What people decided or what happened before, in Chinese.
    pub remarks: Vec<String>,
}

/// How people are called in sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By name, for people who may see it.
    Names,
    /// By id, for events, which outlive people.
    Ids,
}

impl Explanation {
    /// A decision that needed no rule.
    pub fn remark(sentence: impl Into<String>) -> Self {
        Self { remarks: vec![sentence.into()], ..Self::default() }
    }

    /// One sentence per remark, rule, person considered and person passed over.
    pub fn sentences(&self, naming: Naming) -> Vec<String> {
        let call = |name: &str, id: Uuid| {
            if naming == Naming::Names { format!("“{name}”") } else { format!("业务员 {id}") }
        };
        let rules = self.rules.iter().map(|tried| format!("规则“{}”：{}", tried.rule, tried.reason));
        let considered = self.considered.iter().map(|one| {
            format!(
                "{}：待办 {}/{}，今日已分 {}，权重 {}，负载 {}{}",
                call(&one.name, one.person_id),
                one.open,
                one.open_limit,
                one.assigned_today,
                one.weight,
                one.load,
                if one.chosen { "，选中" } else { "" },
            )
        });
        let skipped =
            self.skipped.iter().map(|one| format!("{}：跳过，{}", call(&one.name, one.person_id), one.reason));
        self.remarks.iter().cloned().chain(rules).chain(considered).chain(skipped).collect()
    }

    /// The sentences as events carry them: by id, and not too many.
    pub fn for_event(&self) -> Vec<String> {
        let mut sentences = self.sentences(Naming::Ids);
        let left_out = sentences.len().saturating_sub(LONGEST_IN_EVENT);
        if left_out > 0 {
            sentences.truncate(LONGEST_IN_EVENT);
            sentences.push(format!("另有 {left_out} 条说明，见线索的分配记录"));
        }
        sentences
    }

    /// Marks who it was given to.
    pub fn choose(&mut self, person_id: Uuid) {
        for one in &mut self.considered {
            one.chosen = one.person_id == person_id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_people_only_where_they_may() {
        let id = Uuid::from_u128(9);
        let skipped = Skipped {
            person_id: id,
            name: "测试甲".into(),
            rule: "大单".into(),
            code: "paused".into(),
            reason: "已暂停接收".into(),
        };
        let mut explanation =
            Explanation { skipped: vec![skipped.clone()], ..Explanation::remark("人工改派：客户要求") };
        assert_eq!(explanation.sentences(Naming::Names), ["人工改派：客户要求", "“测试甲”：跳过，已暂停接收"]);
        assert!(explanation.for_event().iter().all(|sentence| !sentence.contains("测试甲")));
        explanation.skipped = vec![skipped; 100];
        assert_eq!(explanation.for_event().len(), LONGEST_IN_EVENT + 1);
    }
}
