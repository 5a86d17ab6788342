//! Stored approvals as they come out of the database, and back into the domain.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Role};
use uuid::Uuid;

use crate::approval::{Actor, Approval, Policy, Status, Step, StepState, Subject};
use crate::error::ProcessError;

pub(super) struct ApprovalRow {
    pub id: Uuid,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub rule: String,
    pub submitter: Uuid,
    pub submitter_role: String,
    pub policy: String,
    pub two_roles: bool,
    pub copies: Vec<Uuid>,
    pub status: String,
    pub reason: Option<String>,
    pub requested_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

pub(super) struct StepRow {
    pub id: Uuid,
    pub role: String,
    pub approver: Uuid,
    pub state: String,
    pub asked_at: Option<DateTime<Utc>>,
    pub opened_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decided_role: Option<String>,
    pub reason: Option<String>,
    pub delegated_from: Option<Uuid>,
    pub delegated_to: Option<Uuid>,
    pub delegated_at: Option<DateTime<Utc>>,
    pub escalated_from: Option<Uuid>,
    pub escalated_at: Option<DateTime<Utc>>,
    pub added_by: Option<Uuid>,
}

impl ApprovalRow {
    pub(super) fn with_steps(self, steps: Vec<StepRow>) -> Result<Approval, ProcessError> {
        let submitter = Actor { person: PersonId(self.submitter), role: role(&self.submitter_role)? };
        Ok(Approval {
            id: self.id,
            subject: Subject { kind: self.subject_kind, id: self.subject_id },
            rule: self.rule,
            submitter,
            policy: named(Policy::ALL, Policy::as_str, "policy", &self.policy)?,
            two_roles: self.two_roles,
            copies: self.copies.into_iter().map(PersonId).collect(),
            status: named(Status::ALL, Status::as_str, "status", &self.status)?,
            reason: self.reason,
            requested_at: self.requested_at,
            decided_at: self.decided_at,
            withdrawn_at: self.withdrawn_at,
            steps: steps.into_iter().map(Step::try_from).collect::<Result<_, _>>()?,
        })
    }
}

impl TryFrom<StepRow> for Step {
    type Error = ProcessError;

    fn try_from(row: StepRow) -> Result<Self, ProcessError> {
        Ok(Self {
            id: row.id,
            role: role(&row.role)?,
            approver: PersonId(row.approver),
            state: named(StepState::ALL, StepState::as_str, "step state", &row.state)?,
            asked_at: row.asked_at,
            opened_at: row.opened_at,
            decided_at: row.decided_at,
            decided_role: row.decided_role.as_deref().map(role).transpose()?,
            reason: row.reason,
            delegated_from: row.delegated_from.map(PersonId),
            delegated_to: row.delegated_to.map(PersonId),
            delegated_at: row.delegated_at,
            escalated_from: row.escalated_from.map(PersonId),
            escalated_at: row.escalated_at,
            added_by: row.added_by.map(PersonId),
        })
    }
}

fn role(name: &str) -> Result<Role, ProcessError> {
    name.parse().map_err(|_| ProcessError::Corrupt("role", name.to_owned()))
}

/// Finds a variant by its stored name.
fn named<T: Copy, const N: usize>(
    all: [T; N],
    as_str: fn(T) -> &'static str,
    what: &'static str,
    name: &str,
) -> Result<T, ProcessError> {
    all.into_iter().find(|one| as_str(*one) == name).ok_or_else(|| ProcessError::Corrupt(what, name.to_owned()))
}
