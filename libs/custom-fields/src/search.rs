//! `key:value` as a condition of a list: a predicate of PostgreSQL's `jsonpath`
//! (<https://www.postgresql.org/docs/current/functions-json.html#FUNCTIONS-SQLJSON-PATH>).

use kernel::{FieldError, Text};
use serde_json::{Number, Value};

use crate::definition::{Definition, FieldType};
use crate::values::date;

/// Text matches in part and in any case, everything else exactly. Fields that are out of use can be searched, too.
pub(crate) fn condition(definitions: &[Definition], wanted: &str) -> Result<String, Vec<FieldError>> {
    let (key, value) = wanted.split_once(':').ok_or_else(malformed)?;
    let definition = definitions.iter().find(|field| field.key == key).ok_or_else(|| unknown(key))?;
    let value = value.trim();
    let predicate = match definition.r#type {
        FieldType::Text => Some(format!("like_regex {} flag \"iq\"", quoted(value))),
        FieldType::Choice => Some(format!("== {}", quoted(value))),
        FieldType::Number => value.parse::<Number>().ok().map(|number| format!("== {number}")),
        FieldType::Date => date(value).map(|day| format!("== \"{day}\"")),
        FieldType::YesNo => value.parse::<bool>().ok().map(|yes| format!("== {yes}")),
    };
    let predicate = predicate.filter(|_| !value.is_empty() && !value.contains('\0')).ok_or_else(malformed)?;
    Ok(format!("$.{} {predicate}", quoted(key)))
}

/// A string literal of `jsonpath` is written as one of JSON.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn malformed() -> Vec<FieldError> {
    let reason =
        Text::new("须为“字段:值”，且值与字段的类型相符", "must be `key:value` with a value of the field's type");
    vec![FieldError::new("custom", "malformed", reason)]
}

fn unknown(key: &str) -> Vec<FieldError> {
    let reason = Text::new(format!("没有自定义字段 {key}"), format!("there is no custom field {key}"));
    vec![FieldError::new("custom", "unknown", reason)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::tests::field;

    fn of(kind: FieldType, value: &str) -> Result<String, String> {
        condition(&[field("f", kind)], &format!("f:{value}")).map_err(|faults| faults[0].code.clone())
    }

    #[test]
    fn every_type_has_its_own_comparison() {
        assert_eq!(of(FieldType::Text, r#"a"b:c"#).as_deref(), Ok(r#"$."f" like_regex "a\"b:c" flag "iq""#));
        assert_eq!(of(FieldType::Choice, "直营").as_deref(), Ok(r#"$."f" == "直营""#));
        assert_eq!(of(FieldType::Number, "12.5").as_deref(), Ok(r#"$."f" == 12.5"#));
        assert_eq!(of(FieldType::Date, "2026-03-31").as_deref(), Ok(r#"$."f" == "2026-03-31""#));
        assert_eq!(of(FieldType::YesNo, "true").as_deref(), Ok(r#"$."f" == true"#));
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for (kind, value) in
            [(FieldType::Number, "zwölf"), (FieldType::Date, "31.3."), (FieldType::YesNo, "1"), (FieldType::Text, " ")]
        {
            assert_eq!(of(kind, value), Err("malformed".to_owned()), "{kind}");
        }
        let fields = [field("f", FieldType::Text)];
        assert_eq!(condition(&fields, "g:x").expect_err("unknown")[0].code, "unknown");
        assert_eq!(condition(&fields, "f").expect_err("no value")[0].code, "malformed");
    }
}
