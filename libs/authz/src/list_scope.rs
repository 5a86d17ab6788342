//! How far each role sees each kind of record in lists.
//!
//! The same answers stand in `policies/*.cedar` for the `…:read` actions, where single records are
//! decided; `tests/it/agreement.rs` compares the two for every role, kind and relation.

use kernel::{Principal, PrincipalKind, Role, Scope};

use crate::ResourceKind;
use crate::ResourceKind as K;

/// The widest scope that any of the principal's roles has for listing `kind`.
pub fn list_scope(principal: &Principal, kind: ResourceKind) -> Scope {
    if kind.read_action().is_none() {
        return Scope::None;
    }
    principal.roles.iter().map(|role| role_scope(principal.kind, *role, kind)).max().unwrap_or(Scope::None)
}

fn role_scope(who: PrincipalKind, role: Role, kind: ResourceKind) -> Scope {
    match role {
        Role::SalesRep => sales_rep(kind),
        Role::StoreGuide => store_guide(kind),
        Role::SalesManager => sales_leader(kind, Scope::Subtree),
        Role::SalesDirector => sales_leader(kind, Scope::All),
        Role::TechnicalLead | Role::TechnicalDirector => technical(kind),
        Role::ProductManager | Role::ProductDirector => product(role, kind),
        Role::Finance => finance(kind),
        Role::Legal => legal(kind),
        Role::DeliveryManager => delivery_manager(kind),
        Role::ProductionPlanner => production_planner(kind),
        Role::SalesCoach => sales_coach(kind),
        Role::Operations => operations(kind),
        Role::Auditor => Scope::All,
        Role::Administrator => administrator(kind),
        Role::Dealer => dealer(kind),
        Role::Service if who == PrincipalKind::Service => Scope::All,
        Role::Service => Scope::None,
    }
}

/// What everybody who works in the organisation sees, whatever the role.
fn staff(kind: ResourceKind) -> Scope {
    match kind {
        K::Product
        | K::Clause
        | K::TalkTrack
        | K::Objection
        | K::ProcessDefinition
        | K::CustomField
        | K::Capacity
        | K::Person => Scope::All,
        K::Notification | K::Approval => Scope::Own,
        _ => Scope::None,
    }
}

fn sales_rep(kind: ResourceKind) -> Scope {
    match kind {
        K::LeadPool => Scope::Team,
        K::Lead
        | K::Rep
        | K::Customer
        | K::Opportunity
        | K::Visit
        | K::SalesAction
        | K::Quote
        | K::Contract
        | K::Delivery
        | K::DeliveryRequest
        | K::Receivable
        | K::Recording
        | K::Review
        | K::Report
        | K::Timeline => Scope::Own,
        _ => staff(kind),
    }
}

fn store_guide(kind: ResourceKind) -> Scope {
    match kind {
        K::LeadPool => Scope::Team,
        K::Lead
        | K::WalkIn
        | K::Rep
        | K::Customer
        | K::Visit
        | K::SalesAction
        | K::DeliveryRequest
        | K::Recording
        | K::Review
        | K::Report
        | K::Timeline => Scope::Own,
        _ => staff(kind),
    }
}

fn sales_leader(kind: ResourceKind, reach: Scope) -> Scope {
    match kind {
        K::RoutingRule => Scope::All,
        K::LeadPool | K::WalkIn | K::Approval => reach,
        _ if sales_rep(kind) == Scope::Own && kind != K::Notification => reach,
        _ => staff(kind),
    }
}

fn technical(kind: ResourceKind) -> Scope {
    match kind {
        K::Customer
        | K::Opportunity
        | K::Visit
        | K::SalesAction
        | K::Quote
        | K::Delivery
        | K::DeliveryRequest
        | K::Timeline
        | K::Approval => Scope::All,
        _ => staff(kind),
    }
}

fn product(role: Role, kind: ResourceKind) -> Scope {
    match kind {
        K::Customer | K::Opportunity | K::Quote | K::Delivery | K::DeliveryRequest | K::Timeline | K::Approval => {
            Scope::All
        }
        K::Report if role == Role::ProductDirector => Scope::All,
        _ => staff(kind),
    }
}

fn finance(kind: ResourceKind) -> Scope {
    match kind {
        K::Customer
        | K::Opportunity
        | K::Quote
        | K::Contract
        | K::Delivery
        | K::Receivable
        | K::Statement
        | K::Report
        | K::Timeline
        | K::Approval => Scope::All,
        _ => staff(kind),
    }
}

fn legal(kind: ResourceKind) -> Scope {
    match kind {
        K::Customer | K::Quote | K::Contract | K::Timeline | K::Approval => Scope::All,
        _ => staff(kind),
    }
}

fn delivery_manager(kind: ResourceKind) -> Scope {
    match kind {
        K::Customer
        | K::Opportunity
        | K::Contract
        | K::Delivery
        | K::DeliveryRequest
        | K::Report
        | K::Timeline
        | K::Approval => Scope::All,
        _ => staff(kind),
    }
}

fn production_planner(kind: ResourceKind) -> Scope {
    match kind {
        K::Delivery | K::DeliveryRequest => Scope::All,
        _ => staff(kind),
    }
}

fn sales_coach(kind: ResourceKind) -> Scope {
    match kind {
        K::Rep | K::Visit | K::Recording | K::Review | K::Report => Scope::Subtree,
        _ => staff(kind),
    }
}

fn operations(kind: ResourceKind) -> Scope {
    match kind {
        K::Lead
        | K::LeadPool
        | K::WalkIn
        | K::RoutingRule
        | K::Rep
        | K::Customer
        | K::Opportunity
        | K::Visit
        | K::SalesAction
        | K::Quote
        | K::Contract
        | K::Delivery
        | K::DeliveryRequest
        | K::Receivable
        | K::Channel
        | K::Report
        | K::Timeline
        | K::Approval => Scope::All,
        _ => staff(kind),
    }
}

fn administrator(kind: ResourceKind) -> Scope {
    match kind {
        K::ApiKey | K::Channel | K::Webhook | K::DeadLetter => Scope::All,
        _ => staff(kind),
    }
}

fn dealer(kind: ResourceKind) -> Scope {
    match kind {
        K::Product | K::CustomField => Scope::All,
        K::Lead
        | K::Customer
        | K::Quote
        | K::Contract
        | K::Delivery
        | K::DeliveryRequest
        | K::Receivable
        | K::Webhook
        | K::Notification => Scope::Own,
        _ => Scope::None,
    }
}

#[cfg(test)]
mod tests {
    use kernel::TenantId;
    use uuid::Uuid;

    use super::*;

    fn holding(roles: &[Role]) -> Principal {
        let tenant = TenantId(Uuid::from_u128(1));
        Principal { kind: PrincipalKind::Person, roles: roles.to_vec(), ..Principal::service(tenant, "someone") }
    }

    #[test]
    fn the_widest_role_counts() {
        assert_eq!(list_scope(&holding(&[Role::SalesRep]), K::Lead), Scope::Own);
        assert_eq!(list_scope(&holding(&[Role::SalesRep, Role::SalesManager]), K::Lead), Scope::Subtree);
        assert_eq!(list_scope(&holding(&[]), K::Lead), Scope::None);
    }

    #[test]
    fn a_person_does_not_become_a_service_by_its_role() {
        assert_eq!(list_scope(&holding(&[Role::Service]), K::Lead), Scope::None);
        let service = Principal::service(TenantId(Uuid::from_u128(1)), "crm");
        assert_eq!(list_scope(&service, K::Lead), Scope::All);
    }
}
