//! Lists and single decisions agree: what a list shows may be opened, and what may be opened is listed.

use crate::cases::{HERE, now, reader, records};
use authz::visibility::is_visible;
use authz::{Action, Denied, Resource, ResourceKind, check, list_scope};
use kernel::{Principal, PrincipalKind, Role};
use proptest::prelude::*;

fn may_read(principal: &Principal, resource: &Resource) -> bool {
    resource.kind.read_action().is_some_and(|read| check(principal, now(), read, resource).is_ok())
}

fn disagreements(principal: &Principal, kind: ResourceKind) -> Vec<String> {
    let scope = list_scope(principal, kind);
    let differs = |resource: &Resource| may_read(principal, resource) != is_visible(principal, scope, resource);
    let wrong = records(kind).into_iter().filter(|(_, resource)| differs(resource));
    wrong.map(|(name, _)| format!("{:?} {kind} ({scope:?}): {name}", principal.roles)).collect()
}

#[test]
fn for_every_role_kind_and_relation() {
    for role in Role::ALL {
        for kind in ResourceKind::ALL {
            assert_eq!(disagreements(&reader(&[role]), *kind), Vec::<String>::new());
        }
    }
}

#[test]
fn each_scope_occurs_so_that_the_comparison_means_something() {
    let scope = |role, kind| list_scope(&reader(&[role]), kind).as_str();
    let scopes = [
        scope(Role::Dealer, ResourceKind::Person),
        scope(Role::SalesRep, ResourceKind::Lead),
        scope(Role::SalesRep, ResourceKind::LeadPool),
        scope(Role::SalesManager, ResourceKind::Lead),
        scope(Role::SalesDirector, ResourceKind::Lead),
    ];
    assert_eq!(scopes, ["none", "own", "team", "subtree", "all"]);
}

#[test]
fn every_action_is_allowed_to_somebody_besides_services() {
    let people: Vec<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Service).collect();
    let all_roles = reader(&people);
    for action in Action::ALL {
        let pooled = Resource::unowned(action.kind(), HERE, all_roles.org.clone());
        let own = Resource { owner: Some(all_roles.id), ..pooled.clone() };
        let answers = [pooled, own].map(|resource| check(&all_roles, now(), *action, &resource));
        assert!(answers.iter().any(|answer| *answer != Err(Denied::Forbidden { action: *action })), "{action}");
    }
}

fn some_principal() -> impl Strategy<Value = Principal> {
    let kinds = [PrincipalKind::Person, PrincipalKind::ApiClient, PrincipalKind::Service];
    let roles = prop::sample::subsequence(Role::ALL.to_vec(), 0..4);
    (roles, prop::sample::select(kinds.to_vec())).prop_map(|(roles, kind)| Principal { kind, ..reader(&roles) })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn for_several_roles_at_once(
        principal in some_principal(),
        kind in prop::sample::select(ResourceKind::ALL.to_vec()),
    ) {
        prop_assert_eq!(disagreements(&principal, kind), Vec::<String>::new());
    }

    #[test]
    fn a_second_factor_is_asked_for_exactly_when_it_helps(
        principal in some_principal(),
        action in prop::sample::select(Action::ALL.to_vec()),
        at in any::<prop::sample::Index>(),
    ) {
        let (_, resource) = at.get(&records(action.kind())).clone();
        let stepped_up = Principal {
            stepped_up_until: Some(now() + chrono::Duration::minutes(1)),
            ..principal.clone()
        };
        let (without, with) = (
            check(&principal, now(), action, &resource),
            check(&stepped_up, now(), action, &resource),
        );
        let expected = match with {
            Ok(()) if without.is_err() => Err(Denied::StepUpRequired { action }),
            answer => answer,
        };
        prop_assert_eq!(without, expected);
    }
}
