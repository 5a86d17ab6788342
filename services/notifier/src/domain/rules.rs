//! Who is told what, and how: data, not code. The default is `rules.yaml`; a tenant may have its own.

use kernel::Role;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::channel::ChannelKind;
use super::fields::Fields;

/// Every rule of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    pub rules: Vec<Rule>,
}

/// One event, one audience, one template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    #[schema(example = "lead.assigned.v1")]
    pub event: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    pub audience: Vec<Audience>,
    #[schema(example = "lead_assigned")]
    pub template: String,
    /// Outgoing channels in order: the first usable one is tried, the next when it fails for good.
    #[serde(default)]
    pub channels: Vec<ChannelKind>,
    /// Comes in quiet hours too, unless the person says otherwise.
    #[serde(default)]
    pub urgent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate: Option<Escalation>,
}

/// A payload field that must have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    pub field: String,
    pub equals: Scalar,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Scalar {
    Flag(bool),
    Integer(i64),
    Text(String),
}

/// Who is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody holding the role at the event's `org`, or the nearest node above.
    Role(Role),
    /// The person whose id stands in this payload field.
    Person(String),
    /// The people whose ids are listed in this payload field.
    PeopleIn(String),
    /// Everybody holding one of the roles listed in this payload field.
    RolesIn(String),
    /// The contact of the customer whose id stands in this payload field.
    Customer(String),
}

/// Whom to tell when nobody acknowledged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    pub after_minutes: u32,
    pub roles: Vec<Role>,
}

impl RuleSet {
    pub fn parse(yaml: &str) -> Result<Self, String> {
        serde_saphyr::from_str(yaml).map_err(|error| error.to_string())
    }

    /// The rules that answer an event.
    pub fn answering<'a>(&'a self, event_type: &'a str, fields: &'a Fields) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.event == event_type && rule.holds(fields))
    }
}

impl Rule {
    fn holds(&self, fields: &Fields) -> bool {
        self.when.as_ref().is_none_or(|condition| condition.holds(fields))
    }
}

impl Condition {
    fn holds(&self, fields: &Fields) -> bool {
        self.equals.is(fields.get(&self.field))
    }
}

impl Scalar {
    /// Compares with a JSON value. Canonical JSON leaves out false, zero and empty text, and writes 64-bit
    /// integers as text.
    fn is(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Flag(wanted), None) => !wanted,
            (Self::Integer(wanted), None) => *wanted == 0,
            (Self::Text(wanted), None) => wanted.is_empty(),
            (Self::Flag(wanted), Some(value)) => value.as_bool() == Some(*wanted),
            (Self::Integer(wanted), Some(Value::String(digits))) => digits.parse() == Ok(*wanted),
            (Self::Integer(wanted), Some(value)) => value.as_i64() == Some(*wanted),
            (Self::Text(wanted), Some(value)) => value.as_str() == Some(wanted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Fields {
        Fields::parse(json).expect("an object")
    }

    #[test]
    fn conditions_compare_by_type() {
        let holds = |equals, json| Condition { field: "to".into(), equals }.holds(&fields(json));
        assert!(holds(Scalar::Integer(2), r#"{"to":2}"#));
        assert!(holds(Scalar::Integer(2), r#"{"to":"2"}"#));
        assert!(!holds(Scalar::Integer(2), r#"{"to":3}"#));
        assert!(holds(Scalar::Text("red".into()), r#"{"to":"red"}"#));
        assert!(!holds(Scalar::Text("2".into()), r#"{"to":2}"#));
    }

    #[test]
    fn what_canonical_json_leaves_out_equals_its_default() {
        let holds = |equals| Condition { field: "to".into(), equals }.holds(&Fields::default());
        assert!(holds(Scalar::Flag(false)) && holds(Scalar::Integer(0)) && holds(Scalar::Text(String::new())));
        assert!(!holds(Scalar::Flag(true)) && !holds(Scalar::Integer(1)) && !holds(Scalar::Text("x".into())));
    }

    #[test]
    fn only_the_event_and_its_condition_select() {
        let yaml = "rules: [{event: a.b.v1, when: {field: to, equals: 2}, audience: [{role: finance}], template: t}]";
        let rules = RuleSet::parse(yaml).expect("rules");
        let count = |event, json| rules.answering(event, &fields(json)).count();
        assert_eq!(
            (count("a.b.v1", r#"{"to":2}"#), count("a.b.v1", r#"{"to":1}"#), count("a.c.v1", r#"{"to":2}"#)),
            (1, 0, 0)
        );
    }

    #[test]
    fn rules_survive_being_stored() {
        let rules = RuleSet::parse(include_str!("../../rules.yaml")).expect("the default rules");
        let stored = serde_json::to_value(&rules).expect("json");
        assert_eq!(serde_json::from_value::<RuleSet>(stored).expect("read"), rules);
    }
}
