//! A lead and the states it goes through.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::{Currency, Money, OrgPath, Principal, PrincipalKind, Role, TenantId, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::condition::Facts;
use super::key::KeyKind;
use super::source::Source;

choices! {
    /// How far a lead has come.
    LeadState {
        /// In the pool of its node: nobody has it.
        Unassigned = "unassigned",
        /// Somebody has it and has not been in touch yet.
        Assigned = "assigned",
        /// First contact is proven.
        Touched = "touched",
        /// The screening form is complete: follow-up rights exist.
        Screened = "screened",
        /// An opportunity has come of it.
        Converted = "converted",
        /// The company was known already.
        Duplicate = "duplicate",
    }
}

impl LeadState {
    /// True while the lead is an open to-do of its owner.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Assigned | Self::Touched | Self::Screened)
    }
}

/// One lead as it is stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lead {
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub org: OrgPath,
    pub owner_id: Option<Uuid>,
    pub state: LeadState,
    pub version: i64,
    /// Counts how often it was queued or given to somebody: deadlines belong to one generation.
    pub generation: i32,
    pub source: Source,
    pub source_detail: Option<String>,
    pub external_reference: Option<String>,
    pub company: String,
    pub credit_code: Option<String>,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_email: Option<String>,
    pub domain: Option<String>,
    pub industry: Option<String>,
    pub region: Option<String>,
    pub budget_minor: Option<i64>,
    pub currency: Option<Currency>,
    pub note: Option<String>,
    pub custom: Values,
    pub received_at: DateTime<Utc>,
    pub assigned_at: Option<DateTime<Utc>>,
    pub touch_due_at: Option<DateTime<Utc>>,
    pub touched_at: Option<DateTime<Utc>>,
    pub avatar: Option<String>,
    pub nickname: Option<String>,
    pub first_chat_at: Option<DateTime<Utc>>,
    pub screened_at: Option<DateTime<Utc>>,
    /// Who had it last and shall not get it again by routing.
    pub released_by: Option<Uuid>,
    pub duplicate_of: Option<Uuid>,
    pub matched_by: Option<KeyKind>,
    pub customer_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub tried_at: Option<DateTime<Utc>>,
}

impl Lead {
    pub fn budget(&self) -> Option<Money> {
        Some(Money::new(self.budget_minor?, self.currency?))
    }

    /// The version of the event that is about to be recorded.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    /// What routing rules look at.
    pub fn facts(&self) -> Facts {
        Facts {
            source: self.source,
            budget: self.budget(),
            region: self.region.clone(),
            industry: self.industry.clone(),
            company: self.company.clone(),
            domain: self.domain.clone(),
            note: self.note.clone(),
        }
    }

    /// What a policy decides about.
    pub fn resource(&self) -> Resource {
        Resource { kind: ResourceKind::Lead, tenant: self.tenant_id, org: self.org.clone(), owner: self.owner_id }
    }

    /// The same lead seen as part of a pool.
    pub fn pool(&self) -> Resource {
        Resource { kind: ResourceKind::LeadPool, ..self.resource() }
    }

    /// True for who may read how to reach the contact: the owner, and the managers above.
    pub fn shows_contact_to(&self, principal: &Principal) -> bool {
        let owns = self.owner_id == Some(principal.id);
        let leads = principal.has(Role::SalesDirector)
            || (principal.has(Role::SalesManager) && self.org.is_within(&principal.org));
        owns || leads || principal.kind == PrincipalKind::Service
    }
}
