//! What a browser is told when something changes, and who is told.

use authz::{ResourceKind, list_scope};
use kernel::{Principal, Scope, TenantId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Which record changed; never how. Whoever wants to know asks the service, which authorises the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Update {
    /// The aggregate's name, such as `opportunity`.
    pub aggregate: String,
    pub id: Uuid,
}

/// An update and what decides who is told.
#[derive(Clone, Debug)]
pub struct Change {
    pub tenant: TenantId,
    pub update: Update,
    /// Whose own business it is, when it is one person's.
    pub recipient: Option<Uuid>,
}

impl Change {
    /// True when the principal's roles see records of this kind at all. Which of them, the service decides.
    pub fn concerns(&self, principal: &Principal) -> bool {
        let Some(kind) = kind_of(&self.update.aggregate) else { return false };
        self.tenant == principal.tenant
            && self.recipient.is_none_or(|person| person == principal.id)
            && list_scope(principal, kind) != Scope::None
    }
}

/// The kind of record that an aggregate is shown as; none when nobody follows it: sessions, attempts to sign in.
fn kind_of(aggregate: &str) -> Option<ResourceKind> {
    use ResourceKind as K;
    Some(match aggregate {
        "lead" | "lead_form" | "lead_import" => K::Lead,
        "routing_rule" => K::RoutingRule,
        "rep" => K::Rep,
        "customer" => K::Customer,
        "opportunity" => K::Opportunity,
        "visit" => K::Visit,
        "action" => K::SalesAction,
        "product" => K::Product,
        "quote" => K::Quote,
        "contract" | "invoice" => K::Contract,
        "clause" => K::Clause,
        "approval" => K::Approval,
        "delivery" => K::Delivery,
        "delivery_request" => K::DeliveryRequest,
        "capacity" | "capacity_lock" => K::Capacity,
        "receivable" => K::Receivable,
        "statement" => K::Statement,
        "notification" => K::Notification,
        "rule_set" | "channel" => K::Channel,
        "webhook" => K::Webhook,
        "recording" | "transcript" | "conclusion" => K::Recording,
        "review" | "practice" | "calibration" => K::Review,
        "objection" | "objection_candidate" => K::Objection,
        "talk_track" | "comparison_sheet" | "price_facts" => K::TalkTrack,
        "person" | "org_unit" => K::Person,
        "api_key" => K::ApiKey,
        "crm_custom_field" | "lead_routing_custom_field" | "quote_contract_custom_field" => K::CustomField,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use kernel::{PrincipalKind, Role};

    use super::*;

    const TENANT: TenantId = TenantId(Uuid::from_u128(7));

    fn somebody(role: Role) -> Principal {
        Principal {
            kind: PrincipalKind::Person,
            tenant: TENANT,
            id: Uuid::from_u128(1),
            org: "/huadong/".parse().expect("a path"),
            roles: vec![role],
            stepped_up_until: None,
        }
    }

    fn change(aggregate: &str) -> Change {
        let update = Update { aggregate: aggregate.into(), id: Uuid::from_u128(9) };
        Change { tenant: TENANT, update, recipient: None }
    }

    #[test]
    fn a_role_hears_of_the_kinds_it_lists() {
        assert!(change("opportunity").concerns(&somebody(Role::SalesRep)));
        assert!(!change("statement").concerns(&somebody(Role::SalesRep)));
        assert!(change("statement").concerns(&somebody(Role::Finance)));
        assert!(!change("lead").concerns(&somebody(Role::Legal)));
    }

    #[test]
    fn what_nobody_follows_is_left_out_on_purpose() {
        let left_out = |aggregate: &str| {
            aggregate.ends_with("_process")
                || ["authority", "preferences", "saved_view", "session", "sign_in", "tenant"].contains(&aggregate)
        };
        for event in contracts::EVENTS {
            let aggregate = event.type_name.split('.').next().expect("an aggregate");
            assert_ne!(kind_of(aggregate).is_some(), left_out(aggregate), "{aggregate}");
        }
    }

    #[test]
    fn nobody_hears_of_sessions_or_of_another_company() {
        assert!(!change("session").concerns(&somebody(Role::Auditor)));
        assert!(!change("sign_in").concerns(&somebody(Role::Auditor)));
        let elsewhere = Change { tenant: TenantId(Uuid::from_u128(8)), ..change("lead") };
        assert!(!elsewhere.concerns(&somebody(Role::SalesDirector)));
    }

    #[test]
    fn a_message_is_its_recipients_business() {
        let mine = Change { recipient: Some(Uuid::from_u128(1)), ..change("notification") };
        let anothers = Change { recipient: Some(Uuid::from_u128(2)), ..change("notification") };
        assert!(mine.concerns(&somebody(Role::SalesRep)));
        assert!(!anothers.concerns(&somebody(Role::SalesRep)));
    }
}
