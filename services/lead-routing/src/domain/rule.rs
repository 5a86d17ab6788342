//! Routing rules: ordered data that operations edit.

use std::collections::HashSet;

use kernel::{FieldError, OrgPath, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::condition::Condition;
use super::rep::Level;

/// Somebody a rule chooses from, and how much of its leads they should get.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    pub person_id: Uuid,
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100)]
    pub weight: u32,
}

/// A fixed percentage of a rule's leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub person_id: Uuid,
    pub percent: u32,
}

/// What happens with a lead that matches and that nobody can take. Without one, the next rule is tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// Goes to this person, unless they have left.
    Owner(Uuid),
    /// Waits in the pool of this node.
    Queue(OrgPath),
}

/// Who gets a lead that matches. `candidates` or `split` or, when neither is given, everybody in `org`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Action {
    pub candidates: Vec<Candidate>,
    /// Percentages, together 100.
    pub split: Vec<Part>,
    pub org: Option<OrgPath>,
    /// All of these skills are needed.
    pub skills: Vec<String>,
    /// The lead's industry is needed as a skill.
    pub industry_skill: bool,
    pub excluded: Vec<Uuid>,
    pub level: Option<Level>,
    pub fallback: Option<Fallback>,
}

/// One rule. Rules are tried in the order of `position`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: Uuid,
    pub position: i32,
    pub name: String,
    pub enabled: bool,
    pub version: i64,
    pub condition: Condition,
    pub action: Action,
}

/// A rule as operations write it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleDraft {
    pub name: String,
    /// Rules are tried from the lowest to the highest.
    pub position: i32,
    #[serde(default = "yes")]
    pub enabled: bool,
    #[serde(default)]
    pub condition: Condition,
    #[serde(default)]
    pub action: Action,
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

impl Rule {
    /// The rule that a draft describes.
    pub fn of(draft: RuleDraft, id: Uuid, version: i64) -> Self {
        let RuleDraft { name, position, enabled, condition, action } = draft;
        Self { id, position, name: name.trim().to_owned(), enabled, version, condition, action }
    }
}

impl Action {
    /// The people it names and what share of its leads each should get; empty when it is everybody in a node.
    pub fn weights(&self) -> Vec<(Uuid, u32)> {
        if self.split.is_empty() {
            return self.candidates.iter().map(|one| (one.person_id, one.weight)).collect();
        }
        self.split.iter().map(|part| (part.person_id, part.percent)).collect()
    }

    /// The node whose people it chooses from, when it names nobody.
    pub fn open_to(&self) -> Option<OrgPath> {
        let names_nobody = self.candidates.is_empty() && self.split.is_empty();
        names_nobody.then(|| self.org.clone().unwrap_or_else(OrgPath::root))
    }
}

impl RuleDraft {
    /// Everything that is wrong with it.
    pub fn errors(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::required("name"));
        }
        if self.name.chars().count() > 100 {
            errors.push(FieldError::new(
                "name",
                "too_long",
                Text::new("不得超过 100 个字", "must have at most 100 characters"),
            ));
        }
        self.condition_errors(&mut errors);
        self.action_errors(&mut errors);
        errors
    }

    /// The same where the draft is a part of something: `draft.name`.
    pub fn errors_in(&self, part: &str) -> Vec<FieldError> {
        let within = |error: FieldError| FieldError { field: format!("{part}.{}", error.field), ..error };
        self.errors().into_iter().map(within).collect()
    }

    fn condition_errors(&self, errors: &mut Vec<FieldError>) {
        let Some(band) = self.condition.budget else { return };
        let currencies: HashSet<_> = band.currencies().collect();
        if band.is_empty() || currencies.len() > 1 {
            let reason = Text::new("预算区间为空或币种不一致", "no amount can be in this band");
            errors.push(FieldError::new("condition.budget", "empty_band", reason));
        }
    }

    fn action_errors(&self, errors: &mut Vec<FieldError>) {
        let action = &self.action;
        if !action.candidates.is_empty() && !action.split.is_empty() {
            let reason = Text::new("候选人与百分比只能二选一", "give candidates or percentages, not both");
            errors.push(FieldError::new("action.split", "ambiguous", reason));
        }
        let total: u64 = action.split.iter().map(|part| u64::from(part.percent)).sum();
        if !action.split.is_empty() && (total != 100 || action.split.iter().any(|part| part.percent == 0)) {
            let reason = Text::new("百分比须大于零且合计为 100", "percentages must be positive and add up to 100");
            errors.push(FieldError::new("action.split", "not_a_whole", reason));
        }
        if action.candidates.iter().any(|one| !(1..=100).contains(&one.weight)) {
            let reason = Text::new("权重须为 1–100", "weights are 1 to 100");
            errors.push(FieldError::new("action.candidates", "out_of_range", reason));
        }
        let named = action.weights();
        let different: HashSet<_> = named.iter().map(|(id, _)| id).collect();
        if different.len() < named.len() {
            let reason = Text::new("同一人出现多次", "names somebody twice");
            errors.push(FieldError::new("action.candidates", "repeated", reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn draft(action: serde_json::Value) -> RuleDraft {
        serde_json::from_value(json!({"name": "大单", "position": 1, "action": action})).expect("a draft")
    }

    fn codes(action: serde_json::Value) -> Vec<String> {
        draft(action).errors().into_iter().map(|error| error.code).collect()
    }

    #[test]
    fn sensible_rules_pass() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_eq!(codes(json!({})), [""; 0]);
        assert_eq!(codes(json!({"candidates": [{"person_id": a, "weight": 3}, {"person_id": b}]})), [""; 0]);
        assert_eq!(
            codes(json!({"split": [{"person_id": a, "percent": 60}, {"person_id": b, "percent": 40}]})),
            [""; 0]
        );
        assert_eq!(draft(json!({"org": "/huadong/"})).action.open_to().expect("a node").as_str(), "/huadong/");
        let fallback = draft(json!({"fallback": {"queue": "/huadong/"}})).action.fallback;
        assert_eq!(fallback, Some(Fallback::Queue("/huadong/".parse().expect("a path"))));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let a = Uuid::from_u128(1);
        assert_eq!(codes(json!({"split": [{"person_id": a, "percent": 60}]})), ["not_a_whole"]);
        assert_eq!(codes(json!({"candidates": [{"person_id": a, "weight": 0}]})), ["out_of_range"]);
        assert_eq!(codes(json!({"candidates": [{"person_id": a}, {"person_id": a}]})), ["repeated"]);
    }
}
