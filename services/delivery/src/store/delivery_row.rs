//! A row of `delivery.deliveries`.

use chrono::{DateTime, Utc};
use kernel::{Money, TenantId};
use uuid::Uuid;

use crate::domain::Delivery;
use crate::error::DeliveryError;

pub(super) struct DeliveryRow {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub contract_id: Uuid,
    pub contract_number: String,
    pub quote_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub customer_id: Uuid,
    pub company: String,
    pub owner_id: Uuid,
    pub org: String,
    pub amount: i64,
    pub currency: String,
    pub signed_at: DateTime<Utc>,
    pub signed_sha256: String,
    pub signed_event_id: Uuid,
    pub promised_at: Option<DateTime<Utc>>,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub light: String,
    pub state: String,
    pub rejections: i32,
    pub first_pass: Option<bool>,
    pub accepted_at: Option<DateTime<Utc>>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

impl TryFrom<DeliveryRow> for Delivery {
    type Error = DeliveryError;

    fn try_from(row: DeliveryRow) -> Result<Self, DeliveryError> {
        Ok(Self {
            id: row.id,
            tenant: TenantId(row.tenant_id),
            contract_id: row.contract_id,
            contract_number: row.contract_number,
            quote_id: row.quote_id,
            opportunity_id: row.opportunity_id,
            customer_id: row.customer_id,
            company: row.company,
            owner_id: row.owner_id,
            org: row.org.parse().map_err(DeliveryError::stored)?,
            total: Money::new(row.amount, row.currency.parse().map_err(DeliveryError::stored)?),
            signed_at: row.signed_at,
            signed_sha256: row.signed_sha256,
            signed_event_id: row.signed_event_id,
            promised_at: row.promised_at,
            scheduled_at: row.scheduled_at,
            light: row.light.parse().map_err(DeliveryError::stored)?,
            state: row.state.parse().map_err(DeliveryError::stored)?,
            rejections: row.rejections,
            first_pass: row.first_pass,
            accepted_at: row.accepted_at,
            version: row.version,
            created_at: row.created_at,
        })
    }
}
