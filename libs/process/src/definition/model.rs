//! A definition that has passed every check.

use chrono::{DateTime, Utc};
use kernel::{EvidenceKind, Role, Text};
use serde::{Deserialize, Serialize};

use super::check;
use super::{Condition, Length, Malformed};
use crate::calendar::{Calendar, DeadlineClock, Due};

/// One process in one version. The first stage is where a record begins.
#[derive(Clone, Debug, Serialize)]
pub struct Definition {
    pub name: String,
    pub version: u32,
    pub title: Text,
    pub fields: Vec<Field>,
    pub evidence: Vec<EvidenceRule>,
    pub stages: Vec<Stage>,
    pub transitions: Vec<Transition>,
}

/// A fact that moves can ask for and conditions can read: a path such as `budget.amount`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub id: String,
    pub title: Text,
    /// How to supply it.
    pub remedy: Option<Text>,
}

/// Evidence that moves can ask for, and the carriers that count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceRule {
    pub name: String,
    pub title: Text,
    /// Any of these kinds will do.
    pub kinds: Vec<EvidenceKind>,
    pub remedy: Option<Text>,
}

/// One place of the process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    pub id: String,
    pub title: Text,
    /// True where a record may stay for good.
    pub end: bool,
}

/// One permitted move, what it asks for, and what it starts.
#[derive(Clone, Debug, Serialize)]
pub struct Transition {
    pub from: String,
    pub to: String,
    pub requires: Vec<Field>,
    pub evidence: Vec<EvidenceRule>,
    pub gates: Vec<Gate>,
    pub approvals: Vec<ApprovalRule>,
    pub deadlines: Vec<Deadline>,
    /// Always there unless the move ends the process.
    pub next_action: Option<NextAction>,
}

/// A condition that must hold.
#[derive(Clone, Debug, Serialize)]
pub struct Gate {
    pub id: String,
    pub condition: Condition,
    /// Why it is closed, when it is.
    pub reason: Text,
    /// What opens it.
    pub remedy: Text,
}

/// Something that must happen within a time after the move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deadline {
    pub kind: String,
    pub after: Length,
    pub clock: DeadlineClock,
    /// What the service does when the time is up, in its own words, such as `return_to_pool`.
    pub then: String,
    /// Who is told.
    pub tell: Vec<Role>,
}

impl Deadline {
    /// When the time is up for a move made at `start`.
    pub fn due(&self, calendar: &Calendar, start: DateTime<Utc>) -> Due {
        calendar.due(start, self.after.on(calendar, self.clock), self.clock)
    }
}

/// How many of those asked must agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Everyone; all are asked at once; the first refusal refuses.
    All,
    /// Whoever decides first, and every signer added on the way.
    Any,
    /// Everyone, one after the other.
    InOrder,
}

impl Policy {
    pub const ALL: [Self; 3] = [Self::All, Self::Any, Self::InOrder];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
            Self::InOrder => "in_order",
        }
    }
}

/// A decision that a move needs.
#[derive(Clone, Debug, Serialize)]
pub struct ApprovalRule {
    pub id: String,
    pub title: Text,
    /// Asked for only when this holds; always when there is none.
    pub when: Option<Condition>,
    pub policy: Policy,
    pub roles: Vec<Role>,
    /// Submitter and approvers together must bring at least two different roles.
    pub two_roles: bool,
    /// How long an approver has before the request is escalated.
    pub limit: Option<ApprovalLimit>,
    /// Who is asked instead when nobody can be, or when the limit has passed.
    pub escalate_to: Role,
}

/// How long an approver has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ApprovalLimit {
    pub length: Length,
    pub clock: DeadlineClock,
}

impl ApprovalLimit {
    /// When an approver asked at `asked_at` is escalated.
    pub fn due(&self, calendar: &Calendar, asked_at: DateTime<Utc>) -> Due {
        calendar.due(asked_at, self.length.on(calendar, self.clock), self.clock)
    }
}

/// What somebody does next, so that no stage advance leaves a record lying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextAction {
    pub id: String,
    pub title: Text,
    pub role: Role,
}

impl Definition {
    /// Reads a definition and reports everything wrong with it, by line.
    pub fn parse(yaml: &str) -> Result<Self, Malformed> {
        check::definition(yaml).map_err(Malformed)
    }

    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// Where a new record begins.
    pub fn first_stage(&self) -> Option<&Stage> {
        self.stages.first()
    }

    /// The way from one stage to another, if there is one.
    pub fn transition(&self, from: &str, to: &str) -> Option<&Transition> {
        self.transitions.iter().find(|transition| transition.from == from && transition.to == to)
    }

    /// Every way on from `stage`.
    pub fn transitions_from<'a>(&'a self, stage: &'a str) -> impl Iterator<Item = &'a Transition> {
        self.transitions.iter().filter(move |transition| transition.from == stage)
    }
}
