//! Making a request: who sits on which seat.

use chrono::{DateTime, Utc};
use kernel::{IdSource, PersonId, Role};

use super::{Actor, Approval, ApprovalError, Policy, Status, Step, StepState, Subject};
use crate::definition::ApprovalRule;

/// A seat of the rule, with the person the organisation has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub role: Role,
    /// `None` when nobody holds the role there.
    pub person: Option<PersonId>,
}

/// What a request is made from.
#[derive(Clone, Debug)]
pub struct NewRequest<'a> {
    pub subject: Subject,
    pub rule: &'a ApprovalRule,
    pub submitter: Actor,
    /// One per role of the rule, or several where several people hold a role, in order.
    pub seats: &'a [Seat],
    /// The person behind the rule's `escalate_to`, who takes seats that nobody else can take.
    pub escalation: Option<PersonId>,
    pub copies: Vec<PersonId>,
}

impl Approval {
    /// Asks for a decision. Refused when nobody, or nobody of a second role, could give it.
    pub fn request(new: NewRequest<'_>, ids: &IdSource, now: DateTime<Utc>) -> Result<Self, ApprovalError> {
        let steps = new.seats.iter().map(|seat| new.step(*seat, ids, now)).collect::<Result<_, _>>()?;
        let mut approval = Self {
            id: ids.new_id(),
            subject: new.subject,
            rule: new.rule.id.clone(),
            submitter: new.submitter,
            policy: new.rule.policy,
            two_roles: new.rule.two_roles,
            copies: new.copies,
            status: Status::Pending,
            reason: None,
            requested_at: now,
            decided_at: None,
            withdrawn_at: None,
            steps,
        };
        approval.merge_repeated();
        approval.check_roles()?;
        approval.ask(now);
        Ok(approval)
    }

    /// A person on several seats keeps the first one.
    fn merge_repeated(&mut self) {
        for at in 1..self.steps.len() {
            let (before, rest) = self.steps.split_at_mut(at);
            if before.iter().any(|step| step.approver == rest[0].approver) {
                rest[0].state = StepState::Merged;
            }
        }
    }

    fn check_roles(&self) -> Result<(), ApprovalError> {
        let mut open = self.steps.iter().filter(|step| step.state == StepState::Waiting).peekable();
        if open.peek().is_none() {
            return Err(ApprovalError::NobodyCanApprove);
        }
        if self.two_roles && open.all(|step| step.role == self.submitter.role) {
            return Err(ApprovalError::TwoRolesRequired);
        }
        Ok(())
    }

    /// Stamps the seats whose turn it is: the first one in order, otherwise all.
    pub(super) fn ask(&mut self, now: DateTime<Utc>) {
        let in_order = self.policy == Policy::InOrder;
        let waiting = self.steps.iter_mut().filter(|step| step.state == StepState::Waiting);
        for step in waiting.take(if in_order { 1 } else { usize::MAX }) {
            step.asked_at.get_or_insert(now);
        }
    }
}

impl NewRequest<'_> {
    /// A seat that is empty, or that the submitter sits on, is escalated at once.
    fn step(&self, seat: Seat, ids: &IdSource, now: DateTime<Utc>) -> Result<Step, ApprovalError> {
        let usable = |person: &PersonId| *person != self.submitter.person;
        if let Some(person) = seat.person.filter(usable) {
            return Ok(Step::new(ids.new_id(), seat.role, person));
        }
        let person = self.escalation.filter(usable).ok_or(ApprovalError::NobodyCanApprove)?;
        let mut step = Step::new(ids.new_id(), self.rule.escalate_to, person);
        step.escalated_from = seat.person;
        step.escalated_at = Some(now);
        Ok(step)
    }
}

impl Step {
    pub(super) fn new(id: uuid::Uuid, role: Role, approver: PersonId) -> Self {
        Self {
            id,
            role,
            approver,
            state: StepState::Waiting,
            asked_at: None,
            opened_at: None,
            decided_at: None,
            decided_role: None,
            reason: None,
            delegated_from: None,
            delegated_to: None,
            delegated_at: None,
            escalated_from: None,
            escalated_at: None,
            added_by: None,
        }
    }
}
