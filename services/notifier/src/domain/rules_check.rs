//! Finds everything wrong with a set of rules before it is used.

use std::collections::HashSet;

use contracts::EVENTS;
use kernel::{FieldError, Text};

use super::rules::{Audience, Rule, RuleSet};
use super::templates::Templates;

const MOST_RULES: usize = 500;
const LONGEST_ESCALATION_MINUTES: u32 = 7 * 24 * 60;

/// Every error, with the path of the field; nothing when the rules can be used.
pub fn check(set: &RuleSet, templates: &Templates) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if set.rules.len() > MOST_RULES {
        errors.push(FieldError::new("rules", "too_many", Text::new("规则过多", "are too many")));
    }
    for (at, rule) in set.rules.iter().enumerate() {
        check_rule(&format!("rules[{at}]"), rule, templates, &mut errors);
    }
    errors
}

fn check_rule(path: &str, rule: &Rule, templates: &Templates, errors: &mut Vec<FieldError>) {
    let mut refuse = |field: &str, code: &str, zh: &str, en: &str| {
        errors.push(FieldError::new(format!("{path}.{field}"), code, Text::new(zh, en)));
    };
    if !EVENTS.iter().any(|kind| kind.type_name == rule.event) {
        refuse("event", "unknown_event", "事件目录中没有此事件", "is not in the event catalogue");
    }
    if !templates.contains(&rule.template) {
        refuse("template", "unknown_template", "没有此模板", "is not a template");
    }
    if rule.audience.is_empty() {
        refuse("audience", "required", "至少一个接收方", "needs at least one recipient");
    }
    if rule.audience.iter().any(|audience| field_of(audience).is_some_and(str::is_empty)) {
        refuse("audience", "required", "字段名不能为空", "names an empty field");
    }
    if rule.when.as_ref().is_some_and(|condition| condition.field.is_empty()) {
        refuse("when.field", "required", "必填", "is required");
    }
    if !rule.channels.iter().all(|channel| channel.is_outgoing()) {
        refuse("channels", "not_outgoing", "只能使用外发渠道", "may only name outgoing channels");
    }
    if rule.channels.iter().collect::<HashSet<_>>().len() != rule.channels.len() {
        refuse("channels", "repeated", "渠道重复", "names a channel twice");
    }
    if let Some(escalation) = &rule.escalate {
        if !(1..=LONGEST_ESCALATION_MINUTES).contains(&escalation.after_minutes) {
            refuse("escalate.after_minutes", "out_of_range", "须为 1 分钟至 7 天", "must be 1 minute to 7 days");
        }
        if escalation.roles.is_empty() {
            refuse("escalate.roles", "required", "至少一个角色", "needs at least one role");
        }
    }
}

fn field_of(audience: &Audience) -> Option<&str> {
    match audience {
        Audience::Role(_) => None,
        Audience::Person(field) | Audience::PeopleIn(field) | Audience::RolesIn(field) | Audience::Customer(field) => {
            Some(field)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates() -> Templates {
        Templates::parse(include_str!("../../templates/templates.yaml")).expect("the templates")
    }

    #[test]
    fn the_default_rules_are_sound() {
        let rules = RuleSet::parse(include_str!("../../rules.yaml")).expect("the default rules");
        assert_eq!(check(&rules, &templates()), []);
    }

    #[test]
    fn every_error_is_named_at_once() {
        let yaml = "rules: [{event: a.b.v1, audience: [], template: t, channels: [in_app, sms, sms], escalate: {after_minutes: 0, roles: []}}]";
        let rules = RuleSet::parse(yaml).expect("rules");
        let errors = check(&rules, &templates());
        let found: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect();
        assert_eq!(
            found,
            [
                ("rules[0].event", "unknown_event"),
                ("rules[0].template", "unknown_template"),
                ("rules[0].audience", "required"),
                ("rules[0].channels", "not_outgoing"),
                ("rules[0].channels", "repeated"),
                ("rules[0].escalate.after_minutes", "out_of_range"),
                ("rules[0].escalate.roles", "required"),
            ]
        );
    }
}
