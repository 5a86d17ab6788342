//! One decision about whose a lead is.

use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::explanation::Explanation;

/// How a decision came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    Rule,
    Manual,
    /// Taken from somebody who did not touch it.
    Recall,
    Fallback,
    /// A customer's own rep keeps the customer.
    OwnerKept,
    /// Nobody fitted.
    Queued,
    /// Given back to the pool by its owner.
    Returned,
}

impl How {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Manual => "manual",
            Self::Recall => "recall",
            Self::Fallback => "fallback",
            Self::OwnerKept => "owner_kept",
            Self::Queued => "queued",
            Self::Returned => "returned",
        }
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
