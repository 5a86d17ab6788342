//! A customer organisation and the people there.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::{OrgPath, TenantId, Text, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::grade::{Grade, Graded, nothing_signed};
use super::health::{Health, Judged};

choices! {
    /// What kind of account the customer is; rebates depend on it.
    StoreTier { Ka = "ka", Community = "community", Standard = "standard" }
}

choices! {
    /// What a link of a customer leads to.
    LinkKind { Drawing = "drawing", Document = "document", Website = "website" }
}

/// A drawing, document or page that belongs to a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub title: String,
    /// An object key or a URL.
    pub url: String,
    pub kind: LinkKind,
}

/// One customer with everything its own row holds.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: Uuid,
    pub tenant: TenantId,
    pub company: String,
    pub normalised_name: String,
    pub credit_code: Option<String>,
    pub industry: String,
    pub region: String,
    pub store_tier: StoreTier,
    pub tags: Vec<String>,
    pub links: Vec<Link>,
    pub custom: Values,
    pub graded: Graded,
    pub judged: Judged,
    /// Registration counts as the first contact.
    pub last_contact_at: DateTime<Utc>,
    pub org: OrgPath,
    pub owner: Uuid,
    pub lead: Option<Uuid>,
    pub review_generation: i32,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// What is known of a company when it becomes a customer.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    pub company: String,
    pub credit_code: Option<String>,
    pub industry: String,
    pub region: String,
    pub org: OrgPath,
    pub owner: Uuid,
    pub lead: Option<Uuid>,
}

impl Customer {
    /// A customer without orders: grade D, and yellow until facts say otherwise.
    pub fn new(id: Uuid, tenant: TenantId, new: NewCustomer, now: DateTime<Utc>) -> Self {
        Self {
            id,
            tenant,
            normalised_name: super::company::normalised_name(&new.company),
            company: new.company,
            credit_code: new.credit_code,
            industry: new.industry,
            region: new.region,
            store_tier: StoreTier::Standard,
            tags: Vec::new(),
            links: Vec::new(),
            custom: Values::default(),
            graded: Graded { grade: Grade::D, reason: nothing_signed() },
            judged: Judged {
                health: Health::Yellow, score: 0, reasons: vec![Text::new("新客户", "a new customer")]
            },
            last_contact_at: now,
            org: new.org,
            owner: new.owner,
            lead: new.lead,
            review_generation: 0,
            version: 0,
            created_at: now,
            updated_at: now,
        }
    }

    /// The version of the next event.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::Customer, self.tenant, self.org.clone(), self.owner)
    }

    /// Remembers a contact; an older one changes nothing.
    pub fn contacted(&mut self, at: DateTime<Utc>) {
        self.last_contact_at = self.last_contact_at.max(at);
    }
}

/// A person at the customer. Name, phone and e-mail are personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contact {
    pub id: Uuid,
    pub name: String,
    pub title: String,
    /// What this person may decide.
    pub decision_authority: String,
    /// Where this person's budget comes from.
    pub budget_basis: String,
    pub phone: String,
    pub email: String,
}
