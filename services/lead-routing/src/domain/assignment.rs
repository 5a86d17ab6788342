//! One decision about whose a lead is.

use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::explanation::Explanation;

choices! {
    /// How a decision came about.
    How {
        Rule = "rule",
        Manual = "manual",
        /// Taken from somebody who did not touch it.
        Recall = "recall",
        Fallback = "fallback",
        /// A customer's own rep keeps the customer.
        OwnerKept = "owner_kept",
        /// Nobody fitted.
        Queued = "queued",
        /// Given back to the pool by its owner.
        Returned = "returned",
    }
}

/// A decision as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assignment {
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub lead_id: Uuid,
    pub at: DateTime<Utc>,
    /// Nobody when it was queued or given back.
    pub rep_id: Option<Uuid>,
    pub previous_rep_id: Option<Uuid>,
    pub org: OrgPath,
    pub how: How,
    pub rule_id: Option<Uuid>,
    pub rule: Option<String>,
    pub reason: Option<String>,
    pub decided_by: Uuid,
    pub explanation: Explanation,
}
