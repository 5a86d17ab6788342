use chrono::{DateTime, Duration, Utc};
use kernel::{AsProblem, IdSource, Role};
use process::approval::{
    Actor, Approval, ApprovalError, Decision, NewRequest, Policy, Seat, Status, StepState, Subject,
};
use process::definition::{ApprovalRule, Definition};
use uuid::Uuid;

use crate::support::{person, readme_yaml};

const SUBMITTER: u128 = 1;
const MANAGER: u128 = 2;
const FINANCE: u128 = 3;
const DIRECTOR: u128 = 4;
const OUTSIDER: u128 = 5;

pub fn rule(policy: Policy) -> ApprovalRule {
    let yaml = readme_yaml().replacen("policy: in_order", &format!("policy: {}", policy.as_str()), 1);
    Definition::parse(&yaml).expect("valid").transitions[0].approvals[0].clone()
}

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).expect("valid")
}

pub fn actor(number: u128, role: Role) -> Actor {
    Actor { person: person(number), role }
}

fn seat(role: Role, number: u128) -> Seat {
    Seat { role, person: Some(person(number)) }
}

pub fn request(policy: Policy, seats: &[Seat], escalation: Option<u128>) -> Result<Approval, ApprovalError> {
    let new = NewRequest {
        subject: Subject { kind: "quote".into(), id: Uuid::from_u128(77) },
        rule: &rule(policy),
        submitter: actor(SUBMITTER, Role::SalesRep),
        seats,
        escalation: escalation.map(person),
        copies: vec![person(OUTSIDER)],
    };
    Approval::request(new, &IdSource::seeded(1), now())
}

fn pending(policy: Policy) -> Approval {
    request(policy, &[seat(Role::SalesManager, MANAGER), seat(Role::Finance, FINANCE)], Some(DIRECTOR)).expect("asked")
}

fn approve(approval: &mut Approval, number: u128, role: Role) -> Result<Status, ApprovalError> {
    approval.decide(actor(number, role), Decision::Approve, None, now())
}

fn waiting(approval: &Approval) -> Vec<u128> {
    approval.waiting().map(|step| step.approver.0.as_u128()).collect()
}

fn states(approval: &Approval) -> Vec<StepState> {
    approval.steps.iter().map(|step| step.state).collect()
}

#[test]
fn in_order_asks_one_after_the_other() {
    let mut approval = pending(Policy::InOrder);
    assert_eq!(waiting(&approval), [MANAGER]);
    assert_eq!(approve(&mut approval, FINANCE, Role::Finance), Err(ApprovalError::NotYourTurn));
    assert_eq!(approve(&mut approval, MANAGER, Role::SalesManager), Ok(Status::Pending));
    assert_eq!(waiting(&approval), [FINANCE]);
    assert_eq!(approve(&mut approval, FINANCE, Role::Finance), Ok(Status::Approved));
    assert_eq!(approval.decided_at, Some(now()));
}

#[test]
fn all_asks_everyone_and_the_first_refusal_ends_it() {
    let mut approval = pending(Policy::All);
    assert_eq!(waiting(&approval), [MANAGER, FINANCE]);
    let refuse = approval.decide(actor(FINANCE, Role::Finance), Decision::Reject, Some(" too cheap "), now());
    assert_eq!((refuse, approval.reason.as_deref()), (Ok(Status::Rejected), Some("too cheap")));
    assert_eq!(states(&approval), [StepState::Skipped, StepState::Rejected]);
    assert_eq!(approve(&mut approval, MANAGER, Role::SalesManager), Err(ApprovalError::Closed));
}

#[test]
fn any_takes_the_first_decision() {
    let mut approval = pending(Policy::Any);
    assert_eq!(approve(&mut approval, FINANCE, Role::Finance), Ok(Status::Approved));
    assert_eq!(states(&approval), [StepState::Skipped, StepState::Approved]);
}

#[test]
fn opening_is_stamped_once_and_idle_time_runs_until_the_decision() {
    let mut approval = pending(Policy::Any);
    let manager = person(MANAGER);
    assert_eq!(approval.steps[0].idle(now()), None);
    assert_eq!(approval.open(manager, now()), Ok(true));
    assert_eq!(approval.open(manager, now() + Duration::minutes(5)), Ok(false));
    assert_eq!(approval.steps[0].idle(now() + Duration::minutes(30)), Some(Duration::minutes(30)));
    let decided = now() + Duration::minutes(40);
    approval.decide(actor(MANAGER, Role::SalesManager), Decision::Approve, None, decided).expect("decided");
    assert_eq!(approval.steps[0].idle(now() + Duration::hours(9)), Some(Duration::minutes(40)));
    assert_eq!(approval.duration(now() + Duration::hours(9)), Duration::minutes(40));
    assert_eq!(approval.open(person(OUTSIDER), now()), Err(ApprovalError::Closed));
}

#[test]
fn a_refusal_needs_a_reason() {
    let mut approval = pending(Policy::Any);
    let refuse = approval.decide(actor(MANAGER, Role::SalesManager), Decision::Reject, Some("  "), now());
    assert_eq!((refuse, approval.status), (Err(ApprovalError::ReasonRequired), Status::Pending));
}

#[test]
fn nobody_decides_their_own_request_not_even_by_delegation() {
    let mut approval = pending(Policy::Any);
    let submitter = actor(SUBMITTER, Role::SalesManager);
    assert_eq!(approve(&mut approval, SUBMITTER, Role::SalesManager), Err(ApprovalError::OwnRequest));
    assert_eq!(approval.delegate(person(MANAGER), submitter, now()), Err(ApprovalError::OwnRequest));
    let id = Uuid::from_u128(9);
    assert_eq!(approval.add_signer(person(MANAGER), submitter, id, now()), Err(ApprovalError::OwnRequest));
    let step = approval.steps[0].id;
    assert_eq!(approval.escalate(step, submitter, now()), Err(ApprovalError::OwnRequest));
    assert_eq!(approve(&mut approval, OUTSIDER, Role::Finance), Err(ApprovalError::NotAnApprover));
}

#[test]
fn empty_seats_and_the_submitters_own_go_to_the_escalation_role() {
    let empty = Seat { role: Role::SalesManager, person: None };
    for first in [empty, seat(Role::SalesManager, SUBMITTER)] {
        let approval = request(Policy::All, &[first, seat(Role::Finance, FINANCE)], Some(DIRECTOR)).expect("asked");
        assert_eq!(waiting(&approval), [DIRECTOR, FINANCE]);
        assert_eq!(approval.steps[0].role, Role::SalesDirector);
        assert_eq!((approval.steps[0].escalated_from, approval.steps[0].escalated_at), (first.person, Some(now())));
        for escalation in [None, Some(SUBMITTER)] {
            assert_eq!(request(Policy::All, &[first], escalation), Err(ApprovalError::NobodyCanApprove));
        }
    }
    assert_eq!(request(Policy::All, &[], Some(DIRECTOR)), Err(ApprovalError::NobodyCanApprove));
}

#[test]
fn a_person_on_several_seats_is_asked_once() {
    let seats = [seat(Role::SalesManager, MANAGER), seat(Role::Finance, MANAGER), seat(Role::Legal, FINANCE)];
    for policy in Policy::ALL {
        let mut approval = request(policy, &seats, None).expect("asked");
        assert_eq!(states(&approval), [StepState::Waiting, StepState::Merged, StepState::Waiting]);
        approve(&mut approval, MANAGER, Role::SalesManager).expect("first");
        assert_eq!(approval.steps[1].state, StepState::Merged);
    }
}

#[test]
fn two_roles_are_needed_when_asking_and_when_deciding() {
    let colleague = [seat(Role::SalesRep, MANAGER)];
    assert_eq!(request(Policy::Any, &colleague, None), Err(ApprovalError::TwoRolesRequired));
    let mut approval = request(Policy::Any, &[colleague[0], seat(Role::Finance, FINANCE)], None).expect("asked");
    assert_eq!(approve(&mut approval, MANAGER, Role::SalesRep), Err(ApprovalError::TwoRolesRequired));
    assert_eq!(approve(&mut approval, FINANCE, Role::Finance), Ok(Status::Approved));
}

#[test]
fn a_delegate_opens_anew_and_decides_in_place_of_the_approver() {
    let mut approval = pending(Policy::InOrder);
    approval.open(person(MANAGER), now()).expect("opened");
    let delegate = actor(DIRECTOR, Role::SalesDirector);
    approval.delegate(person(MANAGER), delegate, now()).expect("delegated");
    let step = &approval.steps[0];
    assert_eq!((step.delegated_from, step.delegated_to), (Some(person(MANAGER)), Some(person(DIRECTOR))));
    assert_eq!((step.opened_at, step.asked_at), (None, Some(now())));
    assert_eq!(approve(&mut approval, MANAGER, Role::SalesManager), Err(ApprovalError::NotAnApprover));
    assert_eq!(approve(&mut approval, DIRECTOR, Role::SalesDirector), Ok(Status::Pending));
    let seated = approval.delegate(person(FINANCE), delegate, now());
    assert_eq!(seated, Err(ApprovalError::AlreadyApprover));
}

#[test]
fn an_added_signer_has_to_sign_under_every_policy() {
    for policy in Policy::ALL {
        let mut approval = pending(policy);
        let id = Uuid::from_u128(9);
        approval.add_signer(person(MANAGER), actor(DIRECTOR, Role::Legal), id, now()).expect("added");
        assert_eq!(approval.steps[1].added_by, Some(person(MANAGER)));
        assert_eq!(approve(&mut approval, MANAGER, Role::SalesManager), Ok(Status::Pending), "{policy:?}");
        let after = approve(&mut approval, DIRECTOR, Role::Legal).expect("signed");
        assert_eq!(after == Status::Approved, policy == Policy::Any, "{policy:?}");
    }
}

#[test]
fn escalation_moves_a_waiting_seat_once() {
    let mut approval = pending(Policy::InOrder);
    let (first, second) = (approval.steps[0].id, approval.steps[1].id);
    let later = now() + Duration::hours(2);
    let director = actor(DIRECTOR, Role::SalesDirector);
    assert_eq!(approval.escalate(second, director, later), Err(ApprovalError::AlreadyDecided));
    assert_eq!(approval.escalate(Uuid::from_u128(0), director, later), Err(ApprovalError::UnknownStep));
    approval.escalate(first, director, later).expect("escalated");
    let step = &approval.steps[0];
    assert_eq!((step.approver, step.escalated_from), (person(DIRECTOR), Some(person(MANAGER))));
    assert_eq!((step.asked_at, step.escalated_at), (Some(later), Some(later)));
    let again = approval.escalate(first, actor(OUTSIDER, Role::Finance), later);
    assert_eq!(again, Err(ApprovalError::AlreadyEscalated));
}

#[test]
fn only_the_submitter_withdraws_and_only_what_is_open() {
    let mut approval = pending(Policy::All);
    assert_eq!(approval.withdraw(person(MANAGER), None, now()), Err(ApprovalError::NotTheSubmitter));
    approval.withdraw(person(SUBMITTER), Some("wrong price"), now()).expect("withdrawn");
    assert_eq!((approval.status, approval.withdrawn_at), (Status::Withdrawn, Some(now())));
    assert_eq!(waiting(&approval), [] as [u128; 0]);
    assert_eq!(approval.withdraw(person(SUBMITTER), None, now()), Err(ApprovalError::Closed));
}

#[test]
fn errors_are_problems_with_a_code_and_both_languages() {
    let problem = ApprovalError::OwnRequest.problem();
    assert_eq!(
        (problem.code, problem.title.en.as_str()),
        ("approval_own_request", "nobody approves their own request")
    );
    assert_eq!(problem.title.zh, "不能审批自己提交的申请");
}
