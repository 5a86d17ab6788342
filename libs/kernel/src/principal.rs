//! Who acts: a person, an API client, or one of the services themselves.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{OrgPath, PersonId, TenantId};

/// What kind of actor a principal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrincipalKind {
    Person,
    ApiClient,
    Service,
}

/// The roles of the catalogue. Stored and sent in snake_case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    SalesRep,
    StoreGuide,
    SalesManager,
    SalesDirector,
    TechnicalLead,
    TechnicalDirector,
    ProductManager,
    ProductDirector,
    Finance,
    Legal,
    DeliveryManager,
    ProductionPlanner,
    SalesCoach,
    Operations,
    Auditor,
    Administrator,
    Dealer,
    /// One of Sluice's own services reacting to an event, a timer or a schedule.
    Service,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 18] = [
        Self::SalesRep,
        Self::StoreGuide,
        Self::SalesManager,
        Self::SalesDirector,
        Self::TechnicalLead,
        Self::TechnicalDirector,
        Self::ProductManager,
        Self::ProductDirector,
        Self::Finance,
        Self::Legal,
        Self::DeliveryManager,
        Self::ProductionPlanner,
        Self::SalesCoach,
        Self::Operations,
        Self::Auditor,
        Self::Administrator,
        Self::Dealer,
        Self::Service,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::SalesRep => "sales_rep",
            Self::StoreGuide => "store_guide",
            Self::SalesManager => "sales_manager",
            Self::SalesDirector => "sales_director",
            Self::TechnicalLead => "technical_lead",
            Self::TechnicalDirector => "technical_director",
            Self::ProductManager => "product_manager",
            Self::ProductDirector => "product_director",
            Self::Finance => "finance",
            Self::Legal => "legal",
            Self::DeliveryManager => "delivery_manager",
            Self::ProductionPlanner => "production_planner",
            Self::SalesCoach => "sales_coach",
            Self::Operations => "operations",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
            Self::Dealer => "dealer",
            Self::Service => "service",
        }
    }
}

/// A name that is no role.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown role {0:?}")]
pub struct UnknownRole(pub String);

impl std::str::FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(|| UnknownRole(name.to_owned()))
    }
}

/// The authenticated actor of one request or reaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Principal {
    pub kind: PrincipalKind,
    pub tenant: TenantId,
    /// The person's, API client's or service's id.
    pub id: Uuid,
    /// Where in the organisation the principal stands.
    pub org: OrgPath,
    /// Every role held at `org`; the first is the one shown in the journal.
    pub roles: Vec<Role>,
    /// Until when a second factor counts as given (PRC-6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stepped_up_until: Option<DateTime<Utc>>,
}

impl Principal {
    /// One of the services acting for a tenant.
    pub fn service(tenant: TenantId, service: &str) -> Self {
        Self {
            kind: PrincipalKind::Service,
            tenant,
            id: crate::id::derived_id(Uuid::NAMESPACE_DNS, service),
            org: OrgPath::root(),
            roles: vec![Role::Service],
            stepped_up_until: None,
        }
    }

    /// Whether `role` is one of the principal's.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The role the journal shows: the first one held.
    pub fn leading_role(&self) -> Role {
        self.roles.first().copied().unwrap_or(Role::Service)
    }

    /// The person behind the principal, if it is one.
    pub fn person(&self) -> Option<PersonId> {
        (self.kind == PrincipalKind::Person).then_some(PersonId(self.id))
    }

    /// True while a second factor given earlier still counts.
    pub fn is_stepped_up(&self, now: DateTime<Utc>) -> bool {
        self.stepped_up_until.is_some_and(|until| now < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_names_parse_back_and_match_their_json() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
            assert_eq!(serde_json::to_string(&role).expect("json"), format!("\"{}\"", role.as_str()));
        }
    }
}
