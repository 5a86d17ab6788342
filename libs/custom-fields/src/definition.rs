//! What a custom field is.

use chrono::{DateTime, Utc};
use kernel::{FieldError, Text, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Fields in use of one resource: more would not fit a form.
pub const MOST_LIVE: usize = 50;
const LONGEST_KEY: usize = 40;
const LONGEST_LABEL: usize = 60;
const MOST_CHOICES: usize = 50;
const LONGEST_CHOICE: usize = 100;

choices! {
    /// The records that can have custom fields.
    Resource {
        Customer = "customer",
        Opportunity = "opportunity",
        Visit = "visit",
        Lead = "lead",
        Quote = "quote",
    }

    /// What a field holds.
    FieldType {
        /// Up to 500 characters.
        Text = "text",
        /// A JSON number of at most 15 digits before the point.
        Number = "number",
        /// `2026-03-31`
        Date = "date",
        /// `true` or `false`
        YesNo = "yes_no",
        /// One of the field's choices.
        Choice = "choice",
    }
}

/// One custom field as it is defined now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CustomField)]
pub struct Definition {
    pub id: Uuid,
    #[schema(inline)]
    pub resource: Resource,
    /// What API, imports and searches call it; unique within the resource, and never changed.
    pub key: String,
    /// What people call it; English falls back to Chinese where it is empty.
    pub label: Text,
    #[schema(inline)]
    pub r#type: FieldType,
    /// Of the type `choice` only.
    pub choices: Vec<String>,
    /// Whoever creates a record, or changes its custom fields, must fill it.
    pub required: bool,
    /// Forms show lower ones first.
    pub position: i32,
    /// Out of use: no form asks for it; what records hold stays.
    pub retired: bool,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A field as operations ask for it.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = NewCustomField)]
#[serde(deny_unknown_fields)]
pub struct NewDefinition {
    #[schema(inline)]
    pub resource: Resource,
    /// Lower-case letters, digits and underscores, beginning with a letter; at most 40.
    pub key: String,
    pub label: Text,
    #[schema(inline)]
    pub r#type: FieldType,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub required: bool,
    /// After all others when not given.
    pub position: Option<i32>,
}

/// What changes about a field; what is not given stays.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = CustomFieldChange)]
#[serde(deny_unknown_fields)]
pub struct DefinitionChange {
    pub label: Option<Text>,
    /// Records keep a choice that is no longer offered.
    pub choices: Option<Vec<String>>,
    pub required: Option<bool>,
    pub position: Option<i32>,
    pub retired: Option<bool>,
}

impl NewDefinition {
    /// The definition it asks for, or everything that is wrong with it.
    pub fn checked(self, id: Uuid, next_position: i32, now: DateTime<Utc>) -> Result<Definition, Vec<FieldError>> {
        let definition = Definition {
            id,
            resource: self.resource,
            key: self.key,
            label: trimmed(self.label),
            r#type: self.r#type,
            choices: tidied(self.choices),
            required: self.required,
            position: self.position.unwrap_or(next_position),
            retired: false,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        refuse_any(definition.faults()).map(|()| definition)
    }
}

impl Definition {
    /// The definition after the change, or everything that is wrong with it.
    pub fn changed(self, change: DefinitionChange, now: DateTime<Utc>) -> Result<Self, Vec<FieldError>> {
        let definition = Self {
            label: change.label.map_or(self.label, trimmed),
            choices: change.choices.map_or(self.choices, tidied),
            required: change.required.unwrap_or(self.required),
            position: change.position.unwrap_or(self.position),
            retired: change.retired.unwrap_or(self.retired),
            version: self.version + 1,
            updated_at: now,
            ..self
        };
        refuse_any(definition.faults()).map(|()| definition)
    }

    fn faults(&self) -> Vec<FieldError> {
        let (key, label) = (self.key_fault(), self.label_faults());
        key.into_iter().chain(label).chain(self.choice_faults()).collect()
    }

    fn key_fault(&self) -> Option<FieldError> {
        let begins = self.key.starts_with(|first: char| first.is_ascii_lowercase());
        let consists = self.key.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_');
        if begins && consists && self.key.len() <= LONGEST_KEY {
            return None;
        }
        let reason = Text::new(
            format!("须以小写字母开头，只含小写字母、数字和下划线，最多 {LONGEST_KEY} 个字符"),
            format!("must begin with a lower-case letter and have only those, digits and _; at most {LONGEST_KEY}"),
        );
        Some(FieldError::new("key", "malformed", reason))
    }

    fn label_faults(&self) -> Vec<FieldError> {
        let missing = self.label.zh.is_empty().then(|| FieldError::required("label.zh"));
        let long = [("label.zh", &self.label.zh), ("label.en", &self.label.en)];
        let long = long.into_iter().filter_map(|(field, text)| too_long(field, text, LONGEST_LABEL));
        missing.into_iter().chain(long).collect()
    }

    fn choice_faults(&self) -> Vec<FieldError> {
        if self.r#type != FieldType::Choice {
            let reason = Text::new("只有“选项”类型才有选项", "only a field of the type choice has choices");
            return (!self.choices.is_empty())
                .then(|| FieldError::new("choices", "not_allowed", reason))
                .into_iter()
                .collect();
        }
        let numbered = self.choices.iter().enumerate();
        let mut faults: Vec<_> =
            numbered.filter_map(|(at, one)| too_long(&format!("choices[{at}]"), one, LONGEST_CHOICE)).collect();
        if self.choices.is_empty() {
            faults.push(FieldError::required("choices"));
        }
        if self.choices.len() > MOST_CHOICES {
            let reason = Text::new(format!("最多 {MOST_CHOICES} 个选项"), format!("at most {MOST_CHOICES} choices"));
            faults.push(FieldError::new("choices", "too_many", reason));
        }
        faults
    }
}

fn refuse_any(faults: Vec<FieldError>) -> Result<(), Vec<FieldError>> {
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

pub(crate) fn too_long(field: &str, text: &str, longest: usize) -> Option<FieldError> {
    (text.chars().count() > longest).then(|| FieldError::too_long(field, longest))
}

fn trimmed(label: Text) -> Text {
    Text::new(label.zh.trim(), label.en.trim())
}

/// Each choice once, without blanks around it; empty ones are dropped.
fn tidied(choices: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for choice in choices {
        let choice = choice.trim();
        if !choice.is_empty() && !kept.iter().any(|one| one == choice) {
            kept.push(choice.to_owned());
        }
    }
    kept
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn field(key: &str, r#type: FieldType) -> Definition {
        let choices = if r#type == FieldType::Choice { vec!["直营".into(), "加盟".into()] } else { Vec::new() };
        let (resource, label) = (Resource::Customer, Text::new("门店类型", "Kind of store"));
        let new =
            NewDefinition { resource, key: key.into(), label, r#type, choices, required: false, position: Some(1) };
        new.checked(Uuid::nil(), 1, DateTime::UNIX_EPOCH).expect("valid")
    }

    fn codes(faults: Vec<FieldError>) -> Vec<String> {
        faults.into_iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect()
    }

    #[test]
    fn everything_wrong_with_a_definition_is_said_at_once() {
        let new = NewDefinition {
            resource: Resource::Lead,
            key: "9lives".into(),
            label: Text::new(" ", "x".repeat(61)),
            r#type: FieldType::Choice,
            choices: vec![" ".into(), "字".repeat(101)],
            required: true,
            position: None,
        };
        let faults = codes(new.checked(Uuid::nil(), 1, DateTime::UNIX_EPOCH).expect_err("wrong"));
        assert_eq!(faults, ["key: malformed", "label.zh: required", "label.en: too_long", "choices[0]: too_long"]);
    }

    #[test]
    fn choices_belong_to_the_type_choice() {
        let with = DefinitionChange { choices: Some(vec!["甲".into()]), ..DefinitionChange::default() };
        let text = field("note", FieldType::Text).changed(with, DateTime::UNIX_EPOCH);
        assert_eq!(codes(text.expect_err("wrong")), ["choices: not_allowed"]);
        let without = DefinitionChange { choices: Some(vec![]), ..DefinitionChange::default() };
        let choice = field("kind", FieldType::Choice).changed(without, DateTime::UNIX_EPOCH);
        assert_eq!(codes(choice.expect_err("wrong")), ["choices: required"]);
    }

    #[test]
    fn what_is_not_given_stays() {
        let before = field("kind", FieldType::Choice);
        let change = DefinitionChange { retired: Some(true), ..DefinitionChange::default() };
        let after = before.clone().changed(change, DateTime::UNIX_EPOCH).expect("valid");
        assert_eq!(after, Definition { retired: true, version: 2, ..before });
    }

    #[test]
    fn a_choice_stands_once() {
        assert_eq!(tidied(vec![" 甲 ".into(), "乙".into(), "甲".into(), String::new()]), ["甲", "乙"]);
    }
}
