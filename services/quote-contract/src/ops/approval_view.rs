//! An approval as clients see it: who was asked when, who looked, who decided.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Role, Text};
use process::approval::{Approval, Step};
use serde::Serialize;
use uuid::Uuid;

use crate::store::approval_cases::ApprovalCase;

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ApprovalView {
    pub id: Uuid,
    /// `quote` or `contract`.
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub subject_revision: i32,
    pub subject_number: String,
    pub org: String,
    /// Why it is asked for.
    pub reasons: Vec<Text>,
    /// The rule of the process definition, such as `price_below_authority`.
    pub rule: String,
    /// all, any, in_order
    pub policy: String,
    /// pending, approved, rejected, withdrawn
    pub status: String,
    pub submitter: Uuid,
    pub submitter_role: Role,
    /// Given with the last decision or the withdrawal.
    pub reason: Option<String>,
    pub requested_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// From the request to its end, or until now.
    pub duration_seconds: i64,
    pub steps: Vec<ApprovalStepView>,
}

#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct ApprovalStepView {
    pub id: Uuid,
    pub role: Role,
    pub approver: Uuid,
    /// waiting, approved, rejected, skipped, merged
    pub state: String,
    pub asked_at: Option<DateTime<Utc>>,
    pub opened_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Opened and not decided for so long.
    pub idle_seconds: Option<i64>,
    pub decided_role: Option<Role>,
    pub reason: Option<String>,
    pub delegated_from: Option<Uuid>,
    pub delegated_at: Option<DateTime<Utc>>,
    pub escalated_from: Option<Uuid>,
    pub escalated_at: Option<DateTime<Utc>>,
}

impl ApprovalView {
    pub fn new(case: &ApprovalCase, approval: &Approval, now: DateTime<Utc>) -> Self {
        Self {
            id: approval.id,
            subject_kind: case.subject_kind.clone(),
            subject_id: case.subject_id,
            subject_revision: case.subject_revision,
            subject_number: case.subject_number.clone(),
            org: case.org.to_string(),
            reasons: case.reasons.clone(),
            rule: approval.rule.clone(),
            policy: approval.policy.as_str().to_owned(),
            status: approval.status.as_str().to_owned(),
            submitter: approval.submitter.person.0,
            submitter_role: approval.submitter.role,
            reason: approval.reason.clone(),
            requested_at: approval.requested_at,
            decided_at: approval.decided_at,
            withdrawn_at: approval.withdrawn_at,
            duration_seconds: approval.duration(now).num_seconds(),
            steps: approval.steps.iter().map(|step| ApprovalStepView::new(step, now)).collect(),
        }
    }
}

impl ApprovalStepView {
    fn new(step: &Step, now: DateTime<Utc>) -> Self {
        let id = |person: Option<PersonId>| person.map(|person| person.0);
        Self {
            id: step.id,
            role: step.role,
            approver: step.approver.0,
            state: step.state.as_str().to_owned(),
            asked_at: step.asked_at,
            opened_at: step.opened_at,
            decided_at: step.decided_at,
            idle_seconds: step.idle(now).map(|idle| idle.num_seconds()),
            decided_role: step.decided_role,
            reason: step.reason.clone(),
            delegated_from: id(step.delegated_from),
            delegated_at: step.delegated_at,
            escalated_from: id(step.escalated_from),
            escalated_at: step.escalated_at,
        }
    }
}
