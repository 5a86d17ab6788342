//! Why a lead went where it went, kept with the decision.

use kernel::Text;
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
    pub reason: Text,
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
    pub reason: Text,
}

/// Everything that was looked at.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Explanation {
    pub rules: Vec<RuleTried>,
    pub considered: Vec<Considered>,
    pub skipped: Vec<Skipped>,
    /// What people decided or what happened before.
    pub remarks: Vec<Text>,
}

/// How people are called in sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By name, for people who may see it.
    Names,
    /// By id, for events, which outlive people.
    Ids,
}

impl Naming {
    fn call(self, name: &str, id: Uuid) -> Text {
        match self {
            Self::Names => Text::new(format!("“{name}”"), format!("“{name}”")),
            Self::Ids => Text::new(format!("业务员 {id}"), format!("rep {id}")),
        }
    }
}

impl Considered {
    fn sentence(&self, naming: Naming) -> Text {
        let who = naming.call(&self.name, self.person_id);
        let Self { open, open_limit, assigned_today, weight, load, .. } = self;
        let chosen = if self.chosen { Text::new("，选中", ", chosen") } else { Text::default() };
        Text::new(
            format!(
                "{}：待办 {open}/{open_limit}，今日已分 {assigned_today}，权重 {weight}，负载 {load}{}",
                who.zh, chosen.zh,
            ),
            format!(
                "{}: {open} of {open_limit} open, {assigned_today} given today, weight {weight}, load {load}{}",
                who.en, chosen.en,
            ),
        )
    }
}

impl Explanation {
    /// A decision that needed no rule.
    pub fn remark(sentence: Text) -> Self {
        Self { remarks: vec![sentence], ..Self::default() }
    }

    /// One sentence per remark, rule, person considered and person passed over.
    pub fn sentences(&self, naming: Naming) -> Vec<Text> {
        let rules = self.rules.iter().map(|tried| {
            let (rule, reason) = (&tried.rule, &tried.reason);
            Text::new(format!("规则“{rule}”：{}", reason.zh), format!("rule “{rule}”: {}", reason.en))
        });
        let considered = self.considered.iter().map(|one| one.sentence(naming));
        let skipped = self.skipped.iter().map(|one| {
            let (who, reason) = (naming.call(&one.name, one.person_id), &one.reason);
            Text::new(format!("{}：跳过，{}", who.zh, reason.zh), format!("{}: passed over, {}", who.en, reason.en))
        });
        self.remarks.iter().cloned().chain(rules).chain(considered).chain(skipped).collect()
    }

    /// The sentences as events carry them: by id, and not too many.
    pub fn for_event(&self) -> Vec<Text> {
        let mut sentences = self.sentences(Naming::Ids);
        let left_out = sentences.len().saturating_sub(LONGEST_IN_EVENT);
        if left_out > 0 {
            sentences.truncate(LONGEST_IN_EVENT);
            sentences.push(Text::new(
                format!("另有 {left_out} 条说明，见线索的分配记录"),
                format!("{left_out} more; see the lead's assignments"),
            ));
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
            reason: Text::new("已暂停接收", "takes no leads for now"),
        };
        let mut explanation =
            Explanation { skipped: vec![skipped.clone()], ..Explanation::remark(Text::new("人工改派", "by hand")) };
        let told = explanation.sentences(Naming::Names);
        assert_eq!(told[0], Text::new("人工改派", "by hand"));
        assert_eq!(told[1], Text::new("“测试甲”：跳过，已暂停接收", "“测试甲”: passed over, takes no leads for now"));
        assert!(explanation.for_event().iter().all(|told| !told.zh.contains("测试甲") && !told.en.contains("测试甲")));
        explanation.skipped = vec![skipped; 100];
        assert_eq!(explanation.for_event().len(), LONGEST_IN_EVENT + 1);
    }
}
