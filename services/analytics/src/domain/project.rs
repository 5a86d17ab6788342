//! From one event to its rows.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::fact::{self, Fact};
use super::happened::Happened;
use super::payload;

/// One row of `analytics.timeline`; the names are the columns'.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineRow {
    pub event_id: Uuid,
    pub tenant_id: Uuid,
    pub service: String,
    pub event_type: String,
    pub aggregate: String,
    pub aggregate_id: Uuid,
    pub version: i64,
    pub at: DateTime<Utc>,
    pub actor_id: Uuid,
    pub actor_role: String,
    pub correlation: Uuid,
    pub causation: Option<Uuid>,
    pub customer_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub lead_id: Option<Uuid>,
    pub contract_id: Option<Uuid>,
    pub org: Option<String>,
    pub owner_id: Option<Uuid>,
    pub payload: Value,
}

/// Everything that follows from some events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    pub timeline: Vec<TimelineRow>,
    pub facts: Vec<Fact>,
}

impl Rows {
    /// Adds what follows from one more event; nothing else is looked at.
    pub fn add(&mut self, happened: Happened) {
        self.facts.extend(fact::of(&happened));
        self.timeline.push(timeline_row(happened));
    }
}

fn timeline_row(happened: Happened) -> TimelineRow {
    let data = &happened.data;
    TimelineRow {
        event_id: happened.event_id,
        tenant_id: happened.tenant.0,
        aggregate: happened.event_type.split('.').next().unwrap_or_default().to_owned(),
        aggregate_id: happened.aggregate_id,
        version: happened.version,
        at: happened.at,
        actor_id: happened.actor_id,
        actor_role: happened.actor_role,
        correlation: happened.correlation,
        causation: happened.causation,
        customer_id: payload::id(data, "customerId"),
        opportunity_id: payload::id(data, "opportunityId"),
        lead_id: payload::id(data, "leadId"),
        contract_id: payload::id(data, "contractId"),
        org: payload::org(data),
        owner_id: payload::owner(data),
        service: happened.service,
        event_type: happened.event_type,
        payload: happened.data,
    }
}

#[cfg(test)]
mod tests {
    use contracts::Event;
    use contracts::crm::v1::{CustomerGraded, OpportunityStageChanged};
    use contracts::lead_routing::v1::LeadConverted;
    use kernel::TenantId;

    use super::*;

    fn happened<E: Event>(event: &E) -> Happened {
        Happened {
            event_id: Uuid::from_u128(1),
            tenant: TenantId(Uuid::from_u128(2)),
            service: E::KIND.service.into(),
            event_type: E::KIND.type_name.into(),
            aggregate_id: Uuid::from_u128(3),
            version: 4,
            at: DateTime::UNIX_EPOCH,
            actor_id: Uuid::from_u128(5),
            actor_role: "sales_rep".into(),
            correlation: Uuid::from_u128(6),
            causation: None,
            data: serde_json::to_value(event).unwrap(),
        }
    }

    fn rows(happened: Happened) -> Rows {
        let mut rows = Rows::default();
        rows.add(happened);
        rows
    }

    #[test]
    fn a_conversion_is_on_the_timeline_and_in_the_funnel() {
        let [lead, opportunity, rep] = [7, 8, 9].map(Uuid::from_u128);
        let event = LeadConverted {
            lead_id: lead.to_string(),
            opportunity_id: opportunity.to_string(),
            rep_id: rep.to_string(),
            org: "/huadong/".into(),
            ..Default::default()
        };
        let rows = rows(happened(&event));
        let (entry, fact) = (&rows.timeline[0], &rows.facts[0]);
        assert_eq!((entry.aggregate.as_str(), entry.lead_id, entry.customer_id), ("lead", Some(lead), None));
        assert_eq!((entry.org.as_deref(), entry.owner_id), (Some("/huadong/"), Some(rep)));
        assert_eq!((fact.kind, fact.name.as_str(), fact.record_id), ("milestone", "converted", opportunity));
    }

    #[test]
    fn a_stage_is_entered_and_other_events_are_no_facts() {
        let moved = OpportunityStageChanged { from: "lead".into(), to: "quote".into(), ..Default::default() };
        let fact = rows(happened(&moved)).facts.remove(0);
        assert_eq!((fact.kind, fact.name.as_str(), fact.record_id), ("stage", "quote", Uuid::from_u128(3)));
        let graded = rows(happened(&CustomerGraded::default()));
        assert_eq!((graded.facts.len(), graded.timeline.len()), (0, 1));
    }
}
