//! Checks of what clients send: every field that is wrong is reported at once.

use chrono::{DateTime, Utc};
use kernel::{FieldError, Text};

/// Collects what is wrong while values are taken.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// A text that must be there; blank counts as missing.
    pub fn required(&mut self, field: &str, value: Option<&str>, longest: usize) -> String {
        let text = self.optional(field, value, longest);
        if text.is_empty() {
            self.0.push(FieldError::required(field));
        }
        text
    }

    /// A text that may be missing: then it is empty. Surrounding blanks are dropped.
    pub fn optional(&mut self, field: &str, value: Option<&str>, longest: usize) -> String {
        let text = value.unwrap_or_default().trim();
        if text.chars().count() > longest {
            self.0.push(FieldError::too_long(field, longest));
        }
        text.to_owned()
    }

    /// A list of texts, each once; blank ones are dropped.
    pub fn texts(&mut self, field: &str, values: &[String], most: usize, longest: usize) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for text in values.iter().map(|value| self.optional(field, Some(value), longest)) {
            if !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        if texts.len() > most {
            let reason = Text::new(format!("最多 {most} 项"), format!("has more than {most} entries"));
            self.0.push(FieldError::new(field, "too_many", reason));
        }
        texts
    }

    /// A value that must be there.
    pub fn present<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.0.push(FieldError::required(field));
        }
        value
    }

    /// A time that must be there and lie after `now`.
    pub fn in_future(&mut self, field: &str, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let at = self.present(field, at)?;
        if at <= now {
            self.wrong(field, "in_past", Text::new("必须晚于现在", "must be later than now"));
        }
        Some(at)
    }

    pub fn wrong(&mut self, field: &str, code: &str, reason: Text) {
        self.0.push(FieldError::new(field, code, reason));
    }

    pub fn add(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// Everything that was wrong, if anything.
    pub fn into_errors(self) -> Result<(), Vec<FieldError>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

/// Turns blank into nothing.
pub fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_reported_at_once() {
        let mut fields = Fields::default();
        fields.required("company", Some("  "), 10);
        fields.optional("region", Some("很长很长"), 3);
        fields.in_future("next_step_at", Some(DateTime::UNIX_EPOCH), DateTime::UNIX_EPOCH);
        let codes: Vec<_> = fields.into_errors().unwrap_err().into_iter().map(|error| error.code).collect();
        assert_eq!(codes, ["required", "too_long", "in_past"]);
    }
}
