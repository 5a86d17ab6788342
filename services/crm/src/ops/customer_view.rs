//! A customer as clients see it.

use chrono::{DateTime, Utc};
use custom_fields::Values;
use kernel::Text;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::customer::{Contact, Customer, Link, StoreTier};
use crate::domain::grade::Grade;
use crate::domain::health::Health;

/// A customer with its contacts.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CustomerView {
    #[serde(flatten)]
    pub customer: CustomerLine,
    pub links: Vec<Link>,
    pub contacts: Vec<Contact>,
}

/// A customer in a list.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CustomerLine {
    pub id: Uuid,
    pub company: String,
    pub credit_code: Option<String>,
    pub industry: String,
    pub region: String,
    pub store_tier: StoreTier,
    pub tags: Vec<String>,
    pub custom: Values,
    pub grade: Grade,
    pub grade_reason: Text,
    pub health: Health,
    pub health_score: i32,
    /// One sentence per fact that counted.
    pub health_reasons: Vec<Text>,
    pub last_contact_at: DateTime<Utc>,
    pub owner_id: Uuid,
    pub org: String,
    pub lead_id: Option<Uuid>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<Customer> for CustomerLine {
    fn from(customer: Customer) -> Self {
        Self {
            id: customer.id,
            company: customer.company,
            credit_code: customer.credit_code,
            industry: customer.industry,
            region: customer.region,
            store_tier: customer.store_tier,
            tags: customer.tags,
            custom: customer.custom,
            grade: customer.graded.grade,
            grade_reason: customer.graded.reason,
            health: customer.judged.health,
            health_score: customer.judged.score,
            health_reasons: customer.judged.reasons,
            last_contact_at: customer.last_contact_at,
            owner_id: customer.owner,
            org: customer.org.into(),
            lead_id: customer.lead,
            version: customer.version,
            created_at: customer.created_at,
            updated_at: customer.updated_at,
        }
    }
}

impl CustomerView {
    pub fn new(customer: Customer, contacts: Vec<Contact>) -> Self {
        Self { links: customer.links.clone(), customer: customer.into(), contacts }
    }
}
