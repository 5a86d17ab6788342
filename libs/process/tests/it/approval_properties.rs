//! Whatever people do to a request in whatever order, its rules hold.

use kernel::Role;
use process::approval::{Approval, Decision, Policy, Seat, Status, StepState};
use proptest::prelude::*;
use uuid::Uuid;

use crate::approval::{actor, now, request};
use crate::support::person;

const ROLES: [Role; 5] = [Role::SalesRep, Role::SalesManager, Role::Finance, Role::Legal, Role::SalesDirector];

/// One attempt by one person; most are refused, which is the point.
#[derive(Clone, Debug)]
enum Act {
    Open(u128),
    Decide(u128, Role, bool),
    Delegate(u128, u128, Role),
    AddSigner(u128, u128, Role, u128),
    Escalate(usize, u128, Role),
    Withdraw(u128),
}

fn act() -> impl Strategy<Value = Act> {
    let who = 1_u128..8;
    let role = || prop::sample::select(ROLES.to_vec());
    prop_oneof![
        1 => who.clone().prop_map(Act::Open),
        6 => (who.clone(), role(), prop::bool::weighted(0.8)).prop_map(|(who, role, yes)| Act::Decide(who, role, yes)),
        2 => (who.clone(), who.clone(), role()).prop_map(|(from, to, role)| Act::Delegate(from, to, role)),
        2 => (who.clone(), who.clone(), role(), 100_u128..9_999_999)
            .prop_map(|(by, signer, role, id)| Act::AddSigner(by, signer, role, id)),
        2 => (0_usize..5, who.clone(), role()).prop_map(|(step, to, role)| Act::Escalate(step, to, role)),
        1 => (1_u128..40).prop_map(Act::Withdraw),
    ]
}

fn seats() -> impl Strategy<Value = Vec<Seat>> {
    let person_or_nobody = prop::option::weighted(0.9, 1_u128..6);
    let seat = (prop::sample::select(ROLES.to_vec()), person_or_nobody);
    prop::collection::vec(seat.prop_map(|(role, number)| Seat { role, person: number.map(person) }), 1..5)
}

/// True when the act was accepted.
fn perform(approval: &mut Approval, act: &Act) -> bool {
    match *act {
        Act::Open(who) => approval.open(person(who), now()).is_ok(),
        Act::Decide(who, role, yes) => {
            let decision = if yes { Decision::Approve } else { Decision::Reject };
            approval.decide(actor(who, role), decision, Some("reason"), now()).is_ok()
        }
        Act::Delegate(from, to, role) => approval.delegate(person(from), actor(to, role), now()).is_ok(),
        Act::AddSigner(by, signer, role, id) => {
            approval.add_signer(person(by), actor(signer, role), Uuid::from_u128(id), now()).is_ok()
        }
        Act::Escalate(step, to, role) => {
            let id = approval.steps.get(step).map_or(Uuid::nil(), |step| step.id);
            approval.escalate(id, actor(to, role), now()).is_ok()
        }
        Act::Withdraw(who) => approval.withdraw(person(who), None, now()).is_ok(),
    }
}

fn decided(approval: &Approval, state: StepState) -> usize {
    approval.steps.iter().filter(|step| step.state == state).count()
}

proptest! {
    #[test]
    fn rules_hold_after_every_act(
        policy in prop::sample::select(Policy::ALL.to_vec()),
        seats in seats(),
        acts in prop::collection::vec(act(), 0..60),
    ) {
        let Ok(mut approval) = request(policy, &seats, Some(7)) else { return Ok(()) };
        for act in &acts {
            let before = approval.clone();
            let accepted = perform(&mut approval, act);
            if before.status != Status::Pending || !accepted {
                prop_assert_eq!(&before, &approval, "decided once, and refusals change nothing: {:?}", act);
            }
            check(&approval)?;
        }
    }
}

fn check(approval: &Approval) -> Result<(), TestCaseError> {
    let submitter = approval.submitter;
    for step in &approval.steps {
        prop_assert_ne!(step.approver, submitter.person, "the submitter holds a seat");
        let is_decided = matches!(step.state, StepState::Approved | StepState::Rejected);
        prop_assert_eq!(is_decided, step.decided_at.is_some() && step.decided_role.is_some());
    }
    let mut people: Vec<_> =
        approval.steps.iter().filter(|step| matches!(step.state, StepState::Waiting | StepState::Approved)).collect();
    people.sort_by_key(|step| step.approver);
    people.dedup_by_key(|step| step.approver);
    let seats = decided(approval, StepState::Waiting) + decided(approval, StepState::Approved);
    prop_assert_eq!(people.len(), seats, "one person, one decision");

    let active = approval.waiting().count();
    prop_assert_eq!(approval.status == Status::Pending, active > 0, "pending means somebody is asked");
    if approval.policy == Policy::InOrder {
        prop_assert!(active <= 1);
    }
    if approval.status == Status::Approved {
        let mut roles = approval.steps.iter().filter_map(|step| step.decided_role);
        prop_assert!(roles.any(|role| role != submitter.role), "two roles");
        prop_assert_eq!(decided(approval, StepState::Rejected), 0);
        let added_unsigned = approval.steps.iter().any(|s| s.added_by.is_some() && s.state != StepState::Approved);
        prop_assert!(!added_unsigned, "every added signer signed");
    }
    prop_assert_eq!(approval.status == Status::Rejected, decided(approval, StepState::Rejected) == 1);
    Ok(())
}
