//! Decisions a sales organisation would expect, one per sentence.

use crate::cases::{ELSEWHERE, HERE, now, reader};
use authz::{Action, Denied, Resource, check};
use chrono::Duration;
use kernel::{OrgPath, Principal, PrincipalKind, Role};
use uuid::Uuid;

const COLLEAGUE: Uuid = Uuid::from_u128(11);

fn at(path: &str) -> OrgPath {
    path.parse().expect("path")
}

fn decide(role: Role, action: Action, org: &str, owner: Option<Uuid>) -> Result<(), Denied> {
    decide_for(&reader(&[role]), action, org, owner)
}

fn decide_for(who: &Principal, action: Action, org: &str, owner: Option<Uuid>) -> Result<(), Denied> {
    check(who, now(), action, &Resource { kind: action.kind(), tenant: HERE, org: at(org), owner })
}

fn forbidden(action: Action) -> Result<(), Denied> {
    Err(Denied::Forbidden { action })
}

fn stepped_up(role: Role) -> Principal {
    Principal { stepped_up_until: Some(now() + Duration::minutes(5)), ..reader(&[role]) }
}

#[test]
fn a_rep_advances_their_own_opportunity_and_no_colleagues() {
    let (action, own) = (Action::OpportunityAdvance, Some(reader(&[]).id));
    assert_eq!(decide(Role::SalesRep, action, "/east/shanghai/", own), Ok(()));
    assert_eq!(decide(Role::SalesRep, action, "/east/shanghai/", Some(COLLEAGUE)), forbidden(action));
}

#[test]
fn a_rep_claims_from_the_pool_only_what_nobody_has() {
    let action = Action::LeadClaim;
    assert_eq!(decide(Role::SalesRep, action, "/east/shanghai/", None), Ok(()));
    assert_eq!(decide(Role::SalesRep, action, "/east/shanghai/", Some(COLLEAGUE)), forbidden(action));
    assert_eq!(decide(Role::SalesRep, action, "/west/", None), forbidden(action));
}

#[test]
fn a_manager_reassigns_below_and_a_director_everywhere() {
    let action = Action::LeadReassign;
    assert_eq!(decide(Role::SalesManager, action, "/east/shanghai/pudong/", Some(COLLEAGUE)), Ok(()));
    assert_eq!(decide(Role::SalesManager, action, "/east/shanghai-2/", Some(COLLEAGUE)), forbidden(action));
    assert_eq!(decide(Role::SalesDirector, action, "/west/", Some(COLLEAGUE)), Ok(()));
}

#[test]
fn cost_floor_clauses_and_write_off_ask_their_people_for_a_second_factor() {
    let asked = [
        (Role::TechnicalLead, Action::OpportunitySetCostFloor),
        (Role::Legal, Action::ClausePublish),
        (Role::Finance, Action::ReceivableWriteOff),
    ];
    for (role, action) in asked {
        let without = decide(role, action, "/west/", Some(COLLEAGUE));
        assert_eq!(without, Err(Denied::StepUpRequired { action }));
        assert_eq!(decide_for(&stepped_up(role), action, "/west/", Some(COLLEAGUE)), Ok(()));
        assert_eq!(decide_for(&stepped_up(Role::SalesDirector), action, "/west/", None), forbidden(action));
    }
}

#[test]
fn a_second_factor_wears_off() {
    let (who, action) = (stepped_up(Role::Finance), Action::ReceivableWriteOff);
    let resource = Resource::unowned(action.kind(), HERE, at("/east/"));
    let later = now() + Duration::minutes(5);
    assert_eq!(check(&who, later, action, &resource), Err(Denied::StepUpRequired { action }));
}

#[test]
fn the_three_budgets_have_three_owners() {
    let own = Some(reader(&[]).id);
    let may = |role, action| decide_for(&stepped_up(role), action, "/east/shanghai/", own).is_ok();
    let budgets = [Action::OpportunityStateBudget, Action::OpportunitySetCostFloor, Action::OpportunityAuthoriseRange];
    let of = |role| budgets.map(|budget| may(role, budget));
    assert_eq!(of(Role::SalesRep), [true, false, false]);
    assert_eq!(of(Role::TechnicalLead), [false, true, false]);
    assert_eq!(of(Role::Finance), [false, false, true]);
}

#[test]
fn an_auditor_reads_the_ledger_and_writes_nothing() {
    for action in Action::ALL {
        let answer = decide_for(&stepped_up(Role::Auditor), *action, "/west/", Some(COLLEAGUE));
        assert_eq!(answer.is_ok(), action.is_read(), "{action}");
    }
}

#[test]
fn nothing_crosses_tenants_not_even_for_a_service() {
    for role in Role::ALL {
        for action in Action::ALL {
            let who = stepped_up(role);
            let foreign = Resource::owned(action.kind(), ELSEWHERE, who.org.clone(), who.id);
            assert_eq!(check(&who, now(), *action, &foreign), forbidden(*action), "{role:?}");
        }
    }
}

#[test]
fn the_service_role_counts_only_for_services() {
    let action = Action::ReceivableWriteOff;
    assert_eq!(decide_for(&Principal::service(HERE, "collections"), action, "/", None), Ok(()));
    let dressed_up = Principal { kind: PrincipalKind::ApiClient, ..reader(&[Role::Service]) };
    assert_eq!(decide_for(&dressed_up, action, "/", None), forbidden(action));
}

#[test]
fn somebody_without_a_role_may_do_nothing() {
    for action in Action::ALL {
        let answer = decide_for(&reader(&[]), *action, "/east/shanghai/", Some(reader(&[]).id));
        assert_eq!(answer, forbidden(*action));
    }
}

#[test]
fn an_action_on_another_kind_of_thing_is_refused() {
    let lead = Resource::unowned(authz::ResourceKind::Lead, HERE, at("/"));
    let action = Action::CustomerRead;
    assert_eq!(check(&reader(&[Role::SalesDirector]), now(), action, &lead), forbidden(action));
}
