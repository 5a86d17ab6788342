//! Cross-department requests: what a customer wishes, and until when somebody has to answer.

use authz::{Resource, ResourceKind};
use chrono::{DateTime, Utc};
use kernel::{OrgPath, TenantId, choices};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::DeliveryError;

choices! {
    /// Where it hurts.
    Pain {
        Efficiency = "efficiency",
        Cost = "cost",
        Compliance = "compliance",
    }
}

choices! {
    /// How soon somebody has to take it on.
    Urgency {
        P0 = "p0",
        P1 = "p1",
        P2 = "p2",
    }
}

choices! {
    RequestState {
        Filed = "filed",
        /// Somebody works on the answer.
        Taken = "taken",
        Replied = "replied",
    }
}

/// Whether and how the wish can be fulfilled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reply {
    pub feasible: bool,
    /// How it would be done, or why it cannot.
    pub approach: String,
    /// Who and what it takes.
    pub resources: String,
    /// Until when.
    pub schedule: String,
    /// What the customer would get.
    pub deliverable: String,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Request {
    pub id: Uuid,
    #[serde(skip)]
    pub tenant: TenantId,
    pub customer_id: Uuid,
    /// The customer's own words.
    pub wish: String,
    pub pain: Pain,
    /// What will be measured to call it done.
    pub target: String,
    pub urgency: Urgency,
    pub owner_id: Uuid,
    pub org: OrgPath,
    pub state: RequestState,
    pub filed_at: DateTime<Utc>,
    pub respond_by: DateTime<Utc>,
    pub reply_by: DateTime<Utc>,
    pub taken_by: Option<Uuid>,
    pub taken_at: Option<DateTime<Utc>>,
    pub replied_by: Option<Uuid>,
    pub replied_at: Option<DateTime<Utc>>,
    pub reply: Option<Reply>,
    pub response_late: bool,
    pub reply_late: bool,
    pub version: i64,
}

impl Request {
    /// What policies decide about.
    pub fn resource(&self) -> Resource {
        Resource::owned(ResourceKind::DeliveryRequest, self.tenant, self.org.clone(), self.owner_id)
    }

    /// The version of the next event about this request.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    /// Somebody takes it on.
    pub fn take(&mut self, by: Uuid, at: DateTime<Utc>) -> Result<(), DeliveryError> {
        if self.state != RequestState::Filed {
            return Err(DeliveryError::RequestNotWaiting);
        }
        self.state = RequestState::Taken;
        self.taken_by = Some(by);
        self.taken_at = Some(at);
        Ok(())
    }

    /// The answer; whoever answers has taken it on.
    pub fn answer(&mut self, reply: Reply, by: Uuid, at: DateTime<Utc>) -> Result<(), DeliveryError> {
        if self.state == RequestState::Replied {
            return Err(DeliveryError::RequestNotWaiting);
        }
        self.taken_by = self.taken_by.or(Some(by));
        self.taken_at = self.taken_at.or(Some(at));
        self.state = RequestState::Replied;
        self.replied_by = Some(by);
        self.replied_at = Some(at);
        self.reply = Some(reply);
        Ok(())
    }
}
