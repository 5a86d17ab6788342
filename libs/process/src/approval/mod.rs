//! Approvals as a pure state machine: who is asked, who has looked, who has decided, and when.
//!
//! Rules that hold whatever the definition says:
//! - nobody decides their own request, neither directly nor after delegation, escalation or being added;
//! - a seat without a person, or with the submitter on it, goes to the role the definition escalates to;
//! - a person on several seats is asked once;
//! - a request is decided once; afterwards nothing about it changes;
//! - where the definition asks for two roles, submitter and approvers together bring at least two.

mod change;
mod decide;
mod error;
mod request;

use chrono::{DateTime, Duration, Utc};
use kernel::{PersonId, Role};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::definition::Policy;
pub use error::ApprovalError;
pub use request::{NewRequest, Seat};

/// A person acting in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub person: PersonId,
    pub role: Role,
}

/// What is to be approved, such as a `quote` and its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub kind: String,
    pub id: Uuid,
}

/// One request for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Approval {
    pub id: Uuid,
    pub subject: Subject,
    /// The id of the definition's approval rule.
    pub rule: String,
    pub submitter: Actor,
    pub policy: Policy,
    pub two_roles: bool,
    /// Who is kept informed without being asked.
    pub copies: Vec<PersonId>,
    pub status: Status,
    /// The reason given with the last decision or the withdrawal.
    pub reason: Option<String>,
    pub requested_at: DateTime<Utc>,
    pub decided_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// In the order they are asked.
    pub steps: Vec<Step>,
}

/// Where an approval as a whole stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Pending,
    Approved,
    Rejected,
    Withdrawn,
}

/// What one approver answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Approve,
    Reject,
}

/// One seat at the table: whose decision is asked for, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    pub id: Uuid,
    /// The role the seat stands for.
    pub role: Role,
    pub approver: PersonId,
    pub state: StepState,
    /// Since when the approver's decision is waited for; `None` while others come first.
    pub asked_at: Option<DateTime<Utc>>,
    /// When the present approver first opened the request.
    pub opened_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    /// The role in which the decision was made.
    pub decided_role: Option<Role>,
    pub reason: Option<String>,
    pub delegated_from: Option<PersonId>,
    pub delegated_to: Option<PersonId>,
    pub delegated_at: Option<DateTime<Utc>>,
    /// Whose place an escalation took; `None` where the seat was empty from the start.
    pub escalated_from: Option<PersonId>,
    pub escalated_at: Option<DateTime<Utc>>,
    /// Who asked for this additional signer.
    pub added_by: Option<PersonId>,
}

/// Where one step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Waiting,
    Approved,
    Rejected,
    /// Not needed any more: others decided, or the request was withdrawn.
    Skipped,
    /// The same person sits on an earlier seat and is asked there.
    Merged,
}

impl Approval {
    /// The seats whose decision is waited for now.
    pub fn waiting(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| self.status == Status::Pending && step.is_active())
    }

    /// From the request to the decision or withdrawal, or to `now` while pending.
    pub fn duration(&self, now: DateTime<Utc>) -> Duration {
        self.decided_at.or(self.withdrawn_at).unwrap_or(now) - self.requested_at
    }
}

impl Step {
    /// Asked and not decided.
    pub fn is_active(&self) -> bool {
        self.state == StepState::Waiting && self.asked_at.is_some()
    }

    /// How long the request lay open in front of the approver without a decision: until the decision,
    /// or until `now`. `None` when it was never opened.
    pub fn idle(&self, now: DateTime<Utc>) -> Option<Duration> {
        self.opened_at.map(|opened| self.decided_at.unwrap_or(now) - opened)
    }
}

impl Status {
    pub const ALL: [Self; 4] = [Self::Pending, Self::Approved, Self::Rejected, Self::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl StepState {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Approved, Self::Rejected, Self::Skipped, Self::Merged];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Skipped => "skipped",
            Self::Merged => "merged",
        }
    }
}
