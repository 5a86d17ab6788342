//! A drawn objection, the rep's answer and the coach's decision.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{FieldError, OrgPath, TenantId, choices};
use serde::Deserialize;
use uuid::Uuid;

use super::answer::Outcome;
use super::fields::Fields;

/// The longest answer, in characters: what a rep can say in half a minute.
pub const LONGEST_ANSWER: usize = 100;
const LONGEST_COMMENT: usize = 1_000;

choices! {
    /// Where a review stands.
    ReviewState {
        WaitingAnswer = "waiting_answer",
        WaitingReview = "waiting_review",
        Decided = "decided",
    }
}

choices! {
    /// What the coach makes of an answer.
    Decision {
        Passed = "passed",
        /// The rep is to practise it.
        Practice = "practice",
        /// Says nothing about the rep.
        Dismissed = "dismissed",
    }
}

#[derive(Clone, Debug)]
pub struct Review {
    pub id: Uuid,
    pub tenant: TenantId,
    pub org: OrgPath,
    /// The rep who visited and answers.
    pub rep: Uuid,
    pub visit: Uuid,
    pub customer: Uuid,
    pub objection: Uuid,
    pub objection_text: String,
    pub state: ReviewState,
    pub answer: Option<String>,
    pub recording: Option<Uuid>,
    pub coach: Option<Uuid>,
    pub decision: Option<Decision>,
    pub comment: Option<String>,
    pub drawn_at: DateTime<Utc>,
    pub answered_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub version: i64,
    /// As the newest score says.
    pub outcome: Option<Outcome>,
    /// 0 to 100: the coach's where there is one, the machine's otherwise.
    pub percent: Option<i32>,
    /// How much a coach is needed: the queue's order.
    pub need: i32,
    /// Whether the objection was out of the way afterwards, as far as the coach knows.
    pub resolved: Option<bool>,
}

impl Review {
    /// The review as a resource of `kind`: the rep answers an objection, the coach decides a review.
    pub fn resource(&self, kind: ResourceKind) -> Resource {
        Resource::owned(kind, self.tenant, self.org.clone(), self.rep)
    }
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerInput {
    /// At most 100 characters.
    pub text: String,
    /// A stored recording of the rep who answers.
    pub recording_id: Uuid,
}

impl AnswerInput {
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let text = fields.required("text", &self.text, LONGEST_ANSWER);
        fields.into_errors()?;
        Ok(Self { text, ..self })
    }
}

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionInput {
    pub decision: Decision,
    /// What the rep is told, at most 1000 characters.
    pub comment: Option<String>,
    /// Whether the objection was out of the way afterwards, where the coach knows.
    pub resolved: Option<bool>,
}

impl DecisionInput {
    pub fn checked(self) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields::default();
        let comment = fields.optional("comment", self.comment.as_deref(), LONGEST_COMMENT);
        fields.into_errors()?;
        Ok(Self { comment, ..self })
    }
}
