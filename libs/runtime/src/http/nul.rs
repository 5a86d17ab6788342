//! The one character that PostgreSQL's `text` and `jsonb` cannot hold. Refused at the edge, by the name of its field.

use kernel::{FieldError, Problem, Text};
use serde_json::Value;

const ESCAPED: &[u8] = br"\u0000";
const ENCODED: &str = "%00";

/// Refuses a JSON body with a NUL in one of its texts. What is no JSON at all is for the reader to say.
pub(super) fn refuse_in_json(bytes: &[u8]) -> Result<(), Problem> {
    // Hardly any body has one: the others are not read twice.
    if !bytes.windows(ESCAPED.len()).any(|window| window == ESCAPED) {
        return Ok(());
    }
    let Ok(body) = serde_json::from_slice::<Value>(bytes) else { return Ok(()) };
    in_value(&body, String::new()).map_or(Ok(()), |field| Err(refused(&field)))
}

/// Refuses a query with a NUL in one of its parameters.
pub(super) fn refuse_in_query(query: &str) -> Result<(), Problem> {
    let with = query.split('&').find(|parameter| parameter.contains(ENCODED));
    with.map_or(Ok(()), |parameter| Err(refused(parameter.split('=').next().unwrap_or("query"))))
}

pub(super) fn is_in_path(path: &str) -> bool {
    path.contains(ENCODED)
}

/// The path of the first text or name that has one.
fn in_value(value: &Value, path: String) -> Option<String> {
    match value {
        Value::String(text) => text.contains('\0').then_some(path),
        Value::Array(items) => items.iter().enumerate().find_map(|(at, item)| in_value(item, format!("{path}[{at}]"))),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if name.contains('\0') { Some(path.clone()) } else { in_value(value, below) }
        }),
        _ => None,
    }
}

fn refused(field: &str) -> Problem {
    let reason = Text::new("含有无法保存的空字符（U+0000）", "has a NUL (U+0000), which cannot be stored");
    Problem::invalid(vec![FieldError::new(field, "malformed", reason)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(result: Result<(), Problem>) -> Option<String> {
        result.err().map(|problem| problem.fields[0].field.clone())
    }

    #[test]
    fn a_nul_is_named_by_where_it_stands() {
        let nested = br#"{"company": "a", "contacts": [{"name": "b"}, {"name": "c\u0000"}]}"#;
        assert_eq!(field(refuse_in_json(nested)).as_deref(), Some("contacts[1].name"));
        assert_eq!(field(refuse_in_json(br#"{"custom": {"a\u0000": 1}}"#)).as_deref(), Some("custom"));
        assert_eq!(field(refuse_in_query("limit=5&q=a%00b")).as_deref(), Some("q"));
    }

    #[test]
    fn what_only_looks_like_one_passes() {
        assert_eq!(field(refuse_in_json(br#"{"note": "a backslash: \\u0000"}"#)), None);
        assert_eq!(field(refuse_in_json(br#"{"note": "\u0001"}"#)), None);
        assert_eq!(field(refuse_in_json(br"\u0000 no JSON")), None);
        assert_eq!(field(refuse_in_query("q=100%25&limit=5")), None);
    }
}
