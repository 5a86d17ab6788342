//! What the evidence says about one card.

use chrono::{DateTime, Utc};
use journal::ledger::Record;
use kernel::{Evidence, PrincipalKind, Reason, Role};
use serde::Serialize;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::DeliveryError;

/// One thing that happened.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Happened {
    pub version: u64,
    pub event_id: Uuid,
    /// Such as `delivery.scheduled.v1`.
    pub event: String,
    pub at: DateTime<Utc>,
    pub actor_kind: PrincipalKind,
    pub actor_id: Uuid,
    pub actor_role: Role,
    pub from: Option<String>,
    pub to: Option<String>,
    pub why: Option<Reason>,
    pub evidence: Vec<Evidence>,
}

/// Oldest first.
pub async fn of(db: &mut PgConnection, aggregate_id: Uuid) -> Result<Vec<Happened>, DeliveryError> {
    let texts =
        sqlx::query_scalar!("select record from journal where aggregate_id = $1 order by version", aggregate_id)
            .fetch_all(db)
            .await?;
    texts.iter().map(|text| Record::parse(text).map(Happened::from).map_err(DeliveryError::stored)).collect()
}

impl From<Record> for Happened {
    fn from(record: Record) -> Self {
        Self {
            version: record.version,
            event_id: record.id,
            event: record.event_type,
            at: record.at,
            actor_kind: record.actor.kind,
            actor_id: record.actor.id,
            actor_role: record.actor.role,
            from: record.from,
            to: record.to,
            why: record.why,
            evidence: record.evidence,
        }
    }
}
