//! A visit to a customer.

use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId};
use uuid::Uuid;

use super::decision_chain::DecisionRole;

/// One visit as it was recorded.
#[derive(Clone, Debug)]
pub struct Visit {
    pub id: Uuid,
    pub tenant: TenantId,
    pub customer: Uuid,
    pub opportunity: Option<Uuid>,
    pub client_id: Option<String>,
    pub decision_chain: Vec<DecisionRole>,
    pub note: Option<String>,
    pub recording_id: Option<String>,
    pub next_step: String,
    pub next_step_at: DateTime<Utc>,
    pub visited_at: DateTime<Utc>,
    pub org: OrgPath,
    pub rep: Uuid,
    pub created_at: DateTime<Utc>,
}
