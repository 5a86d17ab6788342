//! Checks of what clients send: every field that is wrong is reported at once.

use kernel::{FieldError, Text};

/// Collects what is wrong while values are taken.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// A text that must be there; blank counts as missing.
    pub fn required(&mut self, field: &str, value: &str, longest: usize) -> String {
        let text = self.optional(field, Some(value), longest);
        if text.is_none() {
            self.0.push(FieldError::required(field));
        }
        text.unwrap_or_default()
    }

    /// A text that may be missing, without the blanks around it; its length is counted in characters.
    pub fn optional(&mut self, field: &str, value: Option<&str>, longest: usize) -> Option<String> {
        let text = value.unwrap_or_default().trim();
        if text.chars().count() > longest {
            self.0.push(FieldError::too_long(field, longest));
        }
        (!text.is_empty()).then(|| text.to_owned())
    }

    pub fn wrong(&mut self, field: &str, code: &str, reason: Text) {
        self.0.push(FieldError::new(field, code, reason));
    }

    /// Everything that was wrong, if anything.
    pub fn into_errors(self) -> Result<(), Vec<FieldError>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_reported_at_once_and_characters_are_counted() {
        let mut fields = Fields::default();
        fields.required("text", "  ", 10);
        fields.optional("comment", Some("很长很长"), 3);
        assert_eq!(fields.required("fits", "很长很长", 4), "很长很长");
        let codes: Vec<_> = fields.into_errors().unwrap_err().into_iter().map(|error| error.code).collect();
        assert_eq!(codes, ["required", "too_long"]);
    }
}
