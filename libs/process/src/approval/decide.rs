//! Opening a request and deciding it.

use chrono::{DateTime, Utc};
use kernel::{PersonId, Role};

use super::{Actor, Approval, ApprovalError, Decision, Policy, Status, Step, StepState};

impl Approval {
    /// The approver opens the request. True the first time, which is what is stamped.
    pub fn open(&mut self, person: PersonId, now: DateTime<Utc>) -> Result<bool, ApprovalError> {
        let step = self.active_step(person)?;
        let first = step.opened_at.is_none();
        step.opened_at.get_or_insert(now);
        Ok(first)
    }

    /// The approver decides. Returns the status afterwards, [`Status::Pending`] while others are asked.
    pub fn decide(
        &mut self,
        actor: Actor,
        decision: Decision,
        reason: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Status, ApprovalError> {
        let reason = reason.map(str::trim).filter(|text| !text.is_empty());
        self.active_step(actor.person)?;
        if decision == Decision::Reject && reason.is_none() {
            return Err(ApprovalError::ReasonRequired);
        }
        if decision == Decision::Approve && self.would_complete(actor.person) && !self.has_two_roles(actor.role) {
            return Err(ApprovalError::TwoRolesRequired);
        }
        self.active_step(actor.person)?.stamp(actor.role, decision, reason, now);
        self.settle(decision, reason, now);
        Ok(self.status)
    }

    /// The seat a person may act on now, or why there is none.
    pub(super) fn active_step(&mut self, person: PersonId) -> Result<&mut Step, ApprovalError> {
        self.check_open()?;
        if person == self.submitter.person {
            return Err(ApprovalError::OwnRequest);
        }
        let refusal = self.refusal(person);
        self.steps.iter_mut().find(|step| step.approver == person && step.is_active()).ok_or(refusal)
    }

    pub(super) fn check_open(&self) -> Result<(), ApprovalError> {
        if self.status == Status::Pending { Ok(()) } else { Err(ApprovalError::Closed) }
    }

    fn refusal(&self, person: PersonId) -> ApprovalError {
        let mut seats = self.steps.iter().filter(|step| step.approver == person).peekable();
        if seats.peek().is_none() {
            return ApprovalError::NotAnApprover;
        }
        let waiting = seats.any(|step| step.state == StepState::Waiting);
        if waiting { ApprovalError::NotYourTurn } else { ApprovalError::AlreadyDecided }
    }

    /// Whether an approval by this person would be the last one needed.
    fn would_complete(&self, person: PersonId) -> bool {
        let others = || self.steps.iter().filter(|step| step.state == StepState::Waiting && step.approver != person);
        if self.policy != Policy::Any {
            return others().next().is_none();
        }
        let decides = self.steps.iter().any(|step| step.approver == person && step.is_active() && !step.is_added());
        (decides || self.has_original_approval()) && !others().any(Step::is_added)
    }

    fn has_original_approval(&self) -> bool {
        self.steps.iter().any(|step| step.state == StepState::Approved && !step.is_added())
    }

    fn has_two_roles(&self, last: Role) -> bool {
        let mut deciding = self.steps.iter().filter_map(|step| step.decided_role).chain([last]);
        !self.two_roles || deciding.any(|role| role != self.submitter.role)
    }

    fn settle(&mut self, decision: Decision, reason: Option<&str>, now: DateTime<Utc>) {
        if decision == Decision::Reject {
            return self.close(Status::Rejected, reason, now);
        }
        if self.policy == Policy::Any && self.has_original_approval() {
            self.skip(|step| !step.is_added());
        }
        if self.steps.iter().any(|step| step.state == StepState::Waiting) {
            return self.ask(now);
        }
        self.close(Status::Approved, reason, now);
    }

    fn close(&mut self, status: Status, reason: Option<&str>, now: DateTime<Utc>) {
        self.status = status;
        self.decided_at = Some(now);
        self.reason = reason.map(str::to_owned);
        self.skip(|_| true);
    }

    pub(super) fn skip(&mut self, which: impl Fn(&Step) -> bool) {
        for step in self.steps.iter_mut().filter(|step| step.state == StepState::Waiting && which(step)) {
            step.state = StepState::Skipped;
        }
    }
}

impl Step {
    fn is_added(&self) -> bool {
        self.added_by.is_some()
    }

    fn stamp(&mut self, role: Role, decision: Decision, reason: Option<&str>, now: DateTime<Utc>) {
        self.state = match decision {
            Decision::Approve => StepState::Approved,
            Decision::Reject => StepState::Rejected,
        };
        self.decided_at = Some(now);
        self.decided_role = Some(role);
        self.reason = reason.map(str::to_owned);
    }
}
