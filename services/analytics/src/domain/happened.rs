//! An event, the same from the bus and from a ledger.

use chrono::{DateTime, Utc};
use journal::consume::Incoming;
use journal::ledger::Record;
use kernel::TenantId;
use serde_json::Value;
use uuid::Uuid;

use crate::error::AnalyticsError;

#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    pub event_id: Uuid,
    pub tenant: TenantId,
    pub service: String,
    /// Such as `lead.assigned.v1`.
    pub event_type: String,
    pub aggregate_id: Uuid,
    pub version: i64,
    pub at: DateTime<Utc>,
    pub actor_id: Uuid,
    pub actor_role: String,
    pub correlation: Uuid,
    pub causation: Option<Uuid>,
    pub data: Value,
}

impl TryFrom<Incoming> for Happened {
    type Error = AnalyticsError;

    fn try_from(incoming: Incoming) -> Result<Self, AnalyticsError> {
        let Incoming { payload, meta, .. } = incoming;
        Ok(Self {
            data: read(meta.event_id, &payload)?,
            event_id: meta.event_id,
            tenant: meta.tenant,
            service: meta.service,
            event_type: meta.type_name,
            aggregate_id: meta.aggregate_id,
            version: meta.version,
            at: meta.time,
            actor_id: meta.actor_id,
            actor_role: meta.actor_role,
            correlation: meta.correlation,
            causation: meta.causation,
        })
    }
}

impl TryFrom<Record> for Happened {
    type Error = AnalyticsError;

    fn try_from(record: Record) -> Result<Self, AnalyticsError> {
        Ok(Self {
            data: read(record.id, record.data.get())?,
            event_id: record.id,
            tenant: record.tenant,
            service: record.service,
            event_type: record.event_type,
            aggregate_id: record.aggregate_id,
            version: i64::try_from(record.version).unwrap_or(i64::MAX),
            at: record.at,
            actor_id: record.actor.id,
            actor_role: record.actor.role.as_str().to_owned(),
            correlation: record.correlation,
            causation: record.causation,
        })
    }
}

fn read(event: Uuid, payload: &str) -> Result<Value, AnalyticsError> {
    serde_json::from_str(payload).map_err(|error| AnalyticsError::Payload(event, error))
}
