//! The values of one record.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kernel::{FieldError, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::definition::{Definition, FieldType, too_long};

const LONGEST_TEXT: usize = 500;
/// Whole numbers up to here are exact in every client's arithmetic.
const LARGEST_NUMBER: f64 = 1e15;

/// Values by the key of their field. In a request `null` takes a value away, and what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = CustomValues)]
pub struct Values(BTreeMap<String, Value>);

impl Values {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// The names under which a changed record says what is different: `custom.<key>`.
    pub fn different_from(&self, before: &Self) -> Vec<String> {
        let mut keys: Vec<_> =
            self.0.keys().chain(before.0.keys()).filter(|key| self.get(key) != before.get(key)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().map(|key| field_name(key)).collect()
    }

    /// These values with what was given, or everything that is wrong with it.
    pub(crate) fn changed(&self, definitions: &[Definition], given: Self) -> Result<Self, Vec<FieldError>> {
        let (mut values, mut faults) = (self.clone(), Vec::new());
        for (key, value) in given.0 {
            // What a form sends back unchanged is no change, even where it could not be entered any more.
            if self.get(&key) == Some(&value) {
                continue;
            }
            match checked(definitions, &key, value) {
                Ok(Some(value)) => _ = values.0.insert(key, value),
                Ok(None) => _ = values.0.remove(&key),
                Err(wrong) => faults.extend(wrong),
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(faults) }
    }

    /// Refuses when a field in use that is required has no value.
    pub(crate) fn check_complete(&self, definitions: &[Definition]) -> Result<(), Vec<FieldError>> {
        let asked = definitions.iter().filter(|field| field.required && !field.retired);
        let missing: Vec<_> = asked
            .filter(|field| self.get(&field.key).is_none())
            .map(|field| FieldError::required(field_name(&field.key)))
            .collect();
        if missing.is_empty() { Ok(()) } else { Err(missing) }
    }
}

fn field_name(key: &str) -> String {
    format!("custom.{key}")
}

/// The value as it is stored; nothing where it is taken away.
fn checked(definitions: &[Definition], key: &str, value: Value) -> Result<Option<Value>, Vec<FieldError>> {
    let wrong = |code: &str, zh: &str, en: &str| vec![FieldError::new(field_name(key), code, Text::new(zh, en))];
    let definition = definitions.iter().find(|field| field.key == key);
    let definition =
        definition.ok_or_else(|| wrong("unknown", "没有这个自定义字段", "there is no such custom field"))?;
    let value = match value {
        Value::String(text) => Value::String(text.trim().to_owned()),
        other => other,
    };
    if matches!(&value, Value::Null) || value.as_str().is_some_and(str::is_empty) {
        return Ok(None);
    }
    if definition.retired {
        return Err(wrong("retired", "该字段已停用", "the field is out of use"));
    }
    typed(definition, &value).map_or(Ok(Some(value)), |fault| Err(vec![fault]))
}

/// What is wrong with a value of the field, if anything.
fn typed(definition: &Definition, value: &Value) -> Option<FieldError> {
    let name = field_name(&definition.key);
    let malformed = |zh: &str, en: &str| Some(FieldError::new(&name, "malformed", Text::new(zh, en)));
    match (definition.r#type, value) {
        (FieldType::Text, Value::String(text)) if text.contains('\0') => malformed("含有无法保存的字符", "has a NUL"),
        (FieldType::Text, Value::String(text)) => too_long(&name, text, LONGEST_TEXT),
        (FieldType::Text, _) => malformed("须为文字", "must be a text"),
        (FieldType::Number, Value::Number(number)) => out_of_range(&name, number),
        (FieldType::Number, _) => malformed("须为数字", "must be a number"),
        (FieldType::Date, Value::String(text)) if date(text).is_some() => None,
        (FieldType::Date, _) => malformed("须为形如 2026-03-31 的日期", "must be a date such as 2026-03-31"),
        (FieldType::YesNo, Value::Bool(_)) => None,
        (FieldType::YesNo, _) => malformed("须为是或否", "must be true or false"),
        (FieldType::Choice, Value::String(text)) if definition.choices.contains(text) => None,
        (FieldType::Choice, _) => {
            let choices = |between| definition.choices.join(between);
            let (zh, en) = (choices("、"), choices(", "));
            let reason = Text::new(format!("须为其中之一：{zh}"), format!("must be one of {en}"));
            Some(FieldError::new(name, "not_a_choice", reason))
        }
    }
}

fn out_of_range(name: &str, number: &serde_json::Number) -> Option<FieldError> {
    let fits = number.as_f64().is_some_and(|number| number.abs() <= LARGEST_NUMBER);
    let reason = Text::new("数字过大", "the number is too large");
    (!fits).then(|| FieldError::new(name, "out_of_range", reason))
}

/// A day as it is written everywhere: with four, two and two digits.
pub(crate) fn date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| day.to_string() == text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::definition::tests::field;

    fn definitions() -> Vec<Definition> {
        let retired = Definition { retired: true, ..field("old", FieldType::Text) };
        let kinds = [
            ("note", FieldType::Text),
            ("area", FieldType::Number),
            ("opened", FieldType::Date),
            ("chain", FieldType::YesNo),
            ("kind", FieldType::Choice),
        ];
        kinds.map(|(key, kind)| field(key, kind)).into_iter().chain([retired]).collect()
    }

    fn values(json: Value) -> Values {
        serde_json::from_value(json).expect("an object")
    }

    fn codes(faults: Vec<FieldError>) -> Vec<String> {
        faults.into_iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect()
    }

    #[test]
    fn values_of_every_type_are_kept_as_they_are() {
        let given =
            json!({"note": " 靠近高速 ", "area": 320.5, "opened": "2026-03-31", "chain": false, "kind": "加盟"});
        let kept = Values::default().changed(&definitions(), values(given)).expect("valid");
        let stored = json!({"note": "靠近高速", "area": 320.5, "opened": "2026-03-31", "chain": false, "kind": "加盟"});
        assert_eq!(kept, values(stored));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let given = json!({"note": "字".repeat(501), "area": "320", "opened": "2026-3-31", "chain": "yes",
            "kind": "联营", "old": "x", "nothing": 1});
        let faults = codes(Values::default().changed(&definitions(), values(given)).expect_err("wrong"));
        assert_eq!(
            faults,
            [
                "custom.area: malformed",
                "custom.chain: malformed",
                "custom.kind: not_a_choice",
                "custom.note: too_long",
                "custom.nothing: unknown",
                "custom.old: retired",
                "custom.opened: malformed",
            ]
        );
        let large = codes(Values::default().changed(&definitions(), values(json!({"area": 1e16}))).expect_err("wrong"));
        assert_eq!(large, ["custom.area: out_of_range"]);
        let null =
            codes(Values::default().changed(&definitions(), values(json!({"note": "a\0b"}))).expect_err("wrong"));
        assert_eq!(null, ["custom.note: malformed"]);
    }

    #[test]
    fn null_and_blank_take_away_and_the_rest_stays() {
        let before = values(json!({"note": "a", "area": 1, "old": "kept", "kind": "直营"}));
        let after = before.changed(&definitions(), values(json!({"note": " ", "area": null}))).expect("valid");
        assert_eq!(after, values(json!({"old": "kept", "kind": "直营"})));
        assert_eq!(after.different_from(&before), ["custom.area", "custom.note"]);
        let again = after.changed(&definitions(), values(json!({"old": "kept"}))).expect("no change");
        assert_eq!(again, after);
        let without = after.changed(&definitions(), values(json!({"old": null}))).expect("a retired value can go");
        assert_eq!(without, values(json!({"kind": "直营"})));
    }

    #[test]
    fn what_is_required_and_in_use_must_be_there() {
        let mut definitions = definitions();
        for field in &mut definitions {
            field.required = field.key == "kind" || field.key == "old";
        }
        assert_eq!(
            codes(Values::default().check_complete(&definitions).expect_err("missing")),
            ["custom.kind: required"]
        );
        values(json!({"kind": "直营"})).check_complete(&definitions).expect("complete");
    }
}
