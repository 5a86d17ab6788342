//! Finds everything wrong with an input before anything is done.

use chrono::{DateTime, Utc};
use kernel::{Evidence, FieldError, Text};

use crate::error::DeliveryError;

const MOST_EVIDENCE: usize = 20;
const LONGEST_REFERENCE: usize = 2000;

#[derive(Default)]
pub(super) struct Checks(Vec<FieldError>);

impl Checks {
    /// Says something and not too much.
    pub fn text(&mut self, field: &str, value: &str, longest: usize) -> &mut Self {
        if value.trim().is_empty() {
            self.0.push(FieldError::required(field));
        } else if value.chars().count() > longest {
            let reason = Text::new(format!("最多 {longest} 个字符"), format!("at most {longest} characters"));
            self.0.push(FieldError::new(field, "too_long", reason));
        }
        self
    }

    /// Not too much, when anything is said.
    pub fn optional_text(&mut self, field: &str, value: Option<&str>, longest: usize) -> &mut Self {
        match value {
            Some(text) if !text.is_empty() => self.text(field, text, longest),
            _ => self,
        }
    }

    /// A date that is still to come.
    pub fn future(&mut self, field: &str, at: DateTime<Utc>, now: DateTime<Utc>) -> &mut Self {
        if at <= now {
            let reason = Text::new("须晚于当前时间", "must be later than now");
            self.0.push(FieldError::new(field, "not_in_future", reason));
        }
        self
    }

    /// Carriers that can be found again and compared with their digests.
    pub fn evidence(&mut self, field: &str, carriers: &[Evidence]) -> &mut Self {
        if carriers.len() > MOST_EVIDENCE {
            let reason = Text::new(format!("最多 {MOST_EVIDENCE} 项"), format!("at most {MOST_EVIDENCE} items"));
            self.0.push(FieldError::new(field, "too_many", reason));
            return self;
        }
        for (at, carrier) in carriers.iter().enumerate() {
            self.text(&format!("{field}[{at}].name"), &carrier.name, 100);
            self.text(&format!("{field}[{at}].reference"), &carrier.reference, LONGEST_REFERENCE);
            self.digest(&format!("{field}[{at}].sha256"), carrier.sha256.as_deref());
        }
        self
    }

    fn digest(&mut self, field: &str, digest: Option<&str>) {
        let is_digest =
            |text: &str| text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if digest.is_some_and(|text| !is_digest(text)) {
            let reason = Text::new("须为 64 位小写十六进制 SHA-256", "must be a SHA-256 of 64 lower-case hex digits");
            self.0.push(FieldError::new(field, "malformed", reason));
        }
    }

    /// Any other rule.
    pub fn must(&mut self, holds: bool, field: &str, code: &str, reason: Text) -> &mut Self {
        if !holds {
            self.0.push(FieldError::new(field, code, reason));
        }
        self
    }

    /// Refuses with everything found.
    pub fn done(&mut self) -> Result<(), DeliveryError> {
        let found = std::mem::take(&mut self.0);
        if found.is_empty() { Ok(()) } else { Err(DeliveryError::Invalid(found)) }
    }
}

#[cfg(test)]
mod tests {
    use kernel::EvidenceKind;

    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let bad = Evidence {
            kind: EvidenceKind::File,
            name: String::new(),
            reference: "x".repeat(LONGEST_REFERENCE + 1),
            sha256: Some("ABC".into()),
        };
        let at = DateTime::from_timestamp(1_800_000_000, 0).expect("a time");
        let found = Checks::default().text("reason", " ", 10).future("at", at, at).evidence("evidence", &[bad]).done();
        let Err(DeliveryError::Invalid(fields)) = found else { panic!("{found:?}") };
        let named: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(named, ["reason", "at", "evidence[0].name", "evidence[0].reference", "evidence[0].sha256"]);
    }
}
