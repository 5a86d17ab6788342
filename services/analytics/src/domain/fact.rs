//! Steps of the funnel and stages of opportunities.

use chrono::{DateTime, Utc};
use contracts::Event;
use contracts::collections::v1::ReceivableCleared;
use contracts::crm::v1::{OpportunityOpened, OpportunityStageChanged};
use contracts::delivery::v1::DeliveryAccepted;
use contracts::lead_routing::v1::{LeadAssigned, LeadConverted, LeadReceived, LeadTouched};
use contracts::quote_contract::v1::{ContractSigned, QuoteSent};
use serde::Serialize;
use uuid::Uuid;

use super::happened::Happened;
use super::payload;

/// The steps of the funnel, first to last.
pub const STEPS: [&str; 8] =
    ["received", "assigned", "touched", "converted", "quoted", "signed", "delivered", "cleared"];

/// Which event is which step.
const MILESTONES: [(&str, &str); 8] = [
    (LeadReceived::KIND.type_name, STEPS[0]),
    (LeadAssigned::KIND.type_name, STEPS[1]),
    (LeadTouched::KIND.type_name, STEPS[2]),
    (LeadConverted::KIND.type_name, STEPS[3]),
    (QuoteSent::KIND.type_name, STEPS[4]),
    (ContractSigned::KIND.type_name, STEPS[5]),
    (DeliveryAccepted::KIND.type_name, STEPS[6]),
    (ReceivableCleared::KIND.type_name, STEPS[7]),
];

/// One row of `analytics.facts`; the names are the columns'.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    pub event_id: Uuid,
    pub tenant_id: Uuid,
    pub aggregate_id: Uuid,
    pub version: i64,
    pub kind: &'static str,
    pub name: String,
    pub record_id: Uuid,
    pub lead_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub contract_id: Option<Uuid>,
    pub org: Option<String>,
    pub owner_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// The fact in an event, if it is one.
pub fn of(happened: &Happened) -> Option<Fact> {
    let (kind, name) = named(happened)?;
    let data = &happened.data;
    let opportunity_id = payload::id(data, "opportunityId");
    // A lead reaches "converted" as the opportunity it becomes; everything else reaches its step as itself.
    let converted = happened.event_type == LeadConverted::KIND.type_name;
    Some(Fact {
        event_id: happened.event_id,
        tenant_id: happened.tenant.0,
        aggregate_id: happened.aggregate_id,
        version: happened.version,
        kind,
        name,
        record_id: opportunity_id.filter(|_| converted).unwrap_or(happened.aggregate_id),
        lead_id: payload::id(data, "leadId"),
        opportunity_id,
        contract_id: payload::id(data, "contractId"),
        org: payload::org(data),
        owner_id: payload::owner(data),
        at: happened.at,
    })
}

fn named(happened: &Happened) -> Option<(&'static str, String)> {
    let event_type = happened.event_type.as_str();
    if let Some((_, step)) = MILESTONES.iter().find(|(milestone, _)| *milestone == event_type) {
        return Some(("milestone", (*step).to_owned()));
    }
    let entered = if event_type == OpportunityOpened::KIND.type_name {
        "stage"
    } else if event_type == OpportunityStageChanged::KIND.type_name {
        "to"
    } else {
        return None;
    };
    payload::text(&happened.data, entered).map(|stage| ("stage", stage.to_owned()))
}
