//! What coaches add to a review: comments, judgements, practice.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, NaiveDate, Utc};
use kernel::{FieldError, OrgPath, TenantId, Text, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::fields::Fields;

const LONGEST_WORDS: usize = 1_000;

choices! {
    PracticeState {
        Assigned = "assigned",
        Done = "done",
    }
}

/// A remark at a time of the recording.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Comment {
    pub id: Uuid,
    pub author_id: Uuid,
    /// Milliseconds from the start of the recording.
    pub at_ms: i64,
    pub text: String,
    pub written_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentInput {
    /// Milliseconds from the start of the recording.
    pub at_ms: i64,
    /// At most 1000 characters.
    pub text: String,
}

impl CommentInput {
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let text = fields.required("text", &self.text, LONGEST_WORDS);
        if self.at_ms < 0 {
            fields.wrong("at_ms", "out_of_range", Text::new("不能为负数", "must not be negative"));
        }
        fields.into_errors()?;
        Ok(Self { text, ..self })
    }
}

/// A key point that the coach ticked or struck out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PointJudgement {
    /// The key point's id.
    pub point: String,
    pub covered: bool,
}

/// What one coach makes of one answer.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Judgement {
    pub coach_id: Uuid,
    pub passed: bool,
    pub percent: Option<i32>,
    pub reason: Option<String>,
    pub points: Vec<PointJudgement>,
    pub made_at: DateTime<Utc>,
}

/// A score of the coach's own.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverrideInput {
    /// 0 to 100; 60 passes.
    pub percent: i32,
    /// At most 1000 characters.
    pub reason: String,
    #[serde(default)]
    pub points: Vec<PointJudgement>,
}

impl OverrideInput {
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let reason = fields.required("reason", &self.reason, LONGEST_WORDS);
        if !(0..=100).contains(&self.percent) {
            fields.wrong("percent", "out_of_range", Text::new("须为 0 至 100", "must be 0 to 100"));
        }
        fields.into_errors()?;
        Ok(Self { reason, ..self })
    }
}

/// Something a rep is to say again, better.
#[derive(Clone, Debug)]
pub struct Practice {
    pub id: Uuid,
    pub tenant: TenantId,
    pub org: OrgPath,
    pub rep: Uuid,
    pub review: Uuid,
    pub talk_track: Option<Uuid>,
    pub note: Option<String>,
    /// The last day.
    pub due: NaiveDate,
    pub state: PracticeState,
    pub recording: Option<Uuid>,
    pub assigned_by: Uuid,
    pub assigned_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    pub version: i64,
}

impl Practice {
    /// The practice as a resource of `kind`: the rep does it like answering an objection, the coach reads it as a review.
    pub fn resource(&self, kind: ResourceKind) -> Resource {
        Resource::owned(kind, self.tenant, self.org.clone(), self.rep)
    }
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PracticeInput {
    /// The last day, not before today.
    pub due: NaiveDate,
    /// At most 1000 characters.
    pub note: Option<String>,
}

impl PracticeInput {
    pub fn checked(self, today: NaiveDate) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let note = fields.optional("note", self.note.as_deref(), LONGEST_WORDS);
        if self.due < today {
            fields.wrong("due", "out_of_range", Text::new("不能早于今天", "must not be before today"));
        }
        fields.into_errors()?;
        Ok(Self { note, ..self })
    }
}

/// The day in China.
pub fn china_day(at: DateTime<Utc>) -> NaiveDate {
    (at + chrono::Duration::hours(8)).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_has_a_reason_and_a_percentage() {
        let input = |percent, reason: &str| OverrideInput { percent, reason: reason.into(), points: Vec::new() };
        assert!(input(0, "说到了").checked().is_ok());
        assert_eq!(input(101, " ").checked().unwrap_err().len(), 2);
    }

    #[test]
    fn a_practice_is_due_today_at_the_earliest() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let input = |due| PracticeInput { due, note: None };
        assert!(input(today).checked(today).is_ok());
        assert!(input(today.pred_opt().unwrap()).checked(today).is_err());
    }

    #[test]
    fn the_day_begins_eight_hours_earlier_in_china() {
        let at = |text: &str| china_day(text.parse().unwrap()).to_string();
        assert_eq!(at("2026-03-01T16:00:00Z"), "2026-03-02");
        assert_eq!(at("2026-03-01T15:59:59Z"), "2026-03-01");
    }
}
