//! A screen's filters under a name, for one person.

use kernel::{FieldError, Text};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many views somebody can keep for one screen.
pub const MOST: i64 = 50;

/// A view as somebody keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedViewDraft {
    /// Which screen it is for: a name of the console's own, such as `leads`.
    #[schema(max_length = 40)]
    pub screen: String,
    #[schema(max_length = 40)]
    pub name: String,
    /// The screen's address after the question mark.
    #[schema(max_length = 2000, example = "state=queued&org=%2Fhuadong%2F")]
    pub query: String,
    /// Opened when the screen is opened without filters; a screen has one at most.
    #[serde(default)]
    pub is_default: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct SavedView {
    pub id: Uuid,
    pub version: i64,
    pub screen: String,
    pub name: String,
    pub query: String,
    pub is_default: bool,
}

impl SavedViewDraft {
    /// Everything wrong with it.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let plain = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        if self.screen.is_empty() || self.screen.len() > 40 || !self.screen.chars().all(plain) {
            let reason = Text::new("须为小写字母与连字符，至多 40 个", "takes up to 40 lower-case letters and hyphens");
            faults.push(FieldError::new("screen", "malformed", reason));
        }
        if self.name.trim().is_empty() {
            faults.push(FieldError::required("name"));
        }
        if self.name.chars().count() > 40 {
            faults.push(FieldError::new(
                "name",
                "too_long",
                Text::new("不超过 40 个字", "takes at most 40 characters"),
            ));
        }
        if self.query.len() > 2_000 {
            faults.push(FieldError::new("query", "too_long", Text::new("筛选条件过长", "takes at most 2,000 bytes")));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(screen: &str, name: &str, query: &str) -> Vec<String> {
        let draft = SavedViewDraft { screen: screen.into(), name: name.into(), query: query.into(), is_default: false };
        draft.faults().into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
    }

    #[test]
    fn each_part_has_its_bounds() {
        assert_eq!(faults("leads", "华东大单", "state=queued"), [""; 0]);
        assert_eq!(faults("leads", "华东大单", ""), [""; 0]);
        assert_eq!(faults("Leads", " ", ""), ["screen malformed", "name required"]);
        assert_eq!(
            faults("", &"长".repeat(41), &"q".repeat(2_001)),
            ["screen malformed", "name too_long", "query too_long"]
        );
    }
}
