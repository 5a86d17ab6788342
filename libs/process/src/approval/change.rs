//! Changing who is asked: delegation, additional signers, escalation; and withdrawal.

use chrono::{DateTime, Utc};
use kernel::PersonId;
use uuid::Uuid;

use super::{Actor, Approval, ApprovalError, Status, Step, StepState};

impl Approval {
    /// The approver hands the seat to somebody else, who has to open it anew; the time limit runs on.
    pub fn delegate(&mut self, from: PersonId, to: Actor, now: DateTime<Utc>) -> Result<(), ApprovalError> {
        self.active_step(from)?;
        self.check_newcomer(to.person)?;
        let step = self.active_step(from)?;
        step.delegated_from = Some(from);
        step.delegated_to = Some(to.person);
        step.delegated_at = Some(now);
        step.hand_to(to);
        Ok(())
    }

    /// The approver asks for one more signature: next after their own when in order, at once otherwise.
    /// An added signer's approval is needed under every policy.
    pub fn add_signer(
        &mut self,
        by: PersonId,
        signer: Actor,
        id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<(), ApprovalError> {
        let beside = self.active_step(by)?.id;
        self.check_newcomer(signer.person)?;
        let mut step = Step::new(id, signer.role, signer.person);
        step.added_by = Some(by);
        let at = self.steps.iter().position(|one| one.id == beside).map_or(self.steps.len(), |at| at + 1);
        self.steps.insert(at, step);
        self.ask(now);
        Ok(())
    }

    /// The time limit of a step has passed, or a manager intervenes: somebody else takes the seat, once.
    pub fn escalate(&mut self, step: Uuid, to: Actor, now: DateTime<Utc>) -> Result<(), ApprovalError> {
        self.check_open()?;
        let at = self.steps.iter().position(|one| one.id == step).ok_or(ApprovalError::UnknownStep)?;
        if !self.steps[at].is_active() {
            return Err(ApprovalError::AlreadyDecided);
        }
        if self.steps[at].escalated_at.is_some() {
            return Err(ApprovalError::AlreadyEscalated);
        }
        self.check_newcomer(to.person)?;
        let step = &mut self.steps[at];
        step.escalated_from = Some(step.approver);
        step.escalated_at = Some(now);
        step.asked_at = Some(now);
        step.hand_to(to);
        Ok(())
    }

    /// The submitter takes the request back.
    pub fn withdraw(
        &mut self,
        person: PersonId,
        reason: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), ApprovalError> {
        self.check_open()?;
        if person != self.submitter.person {
            return Err(ApprovalError::NotTheSubmitter);
        }
        self.status = Status::Withdrawn;
        self.withdrawn_at = Some(now);
        self.reason = reason.map(str::to_owned);
        self.skip(|_| true);
        Ok(())
    }

    /// Neither the submitter nor somebody who is asked, or has decided, can take another seat.
    fn check_newcomer(&self, person: PersonId) -> Result<(), ApprovalError> {
        if person == self.submitter.person {
            return Err(ApprovalError::OwnRequest);
        }
        let seated = self.steps.iter().any(|step| step.approver == person && step.state != StepState::Skipped);
        if seated { Err(ApprovalError::AlreadyApprover) } else { Ok(()) }
    }
}

impl Step {
    fn hand_to(&mut self, actor: Actor) {
        self.approver = actor.person;
        self.role = actor.role;
        self.opened_at = None;
    }
}
