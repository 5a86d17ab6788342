//! Plans an action with a customer.

use authz::{Action, Resource, ResourceKind};
use chrono::{DateTime, Utc};
use contracts::crm::v1::ActionScheduled;
use journal::{Caller, Entry};
use kernel::PrincipalKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::move_opportunity::refuse_ended;
use crate::app::State;
use crate::domain::action::{ActionKind, SalesAction};
use crate::domain::fields::Fields;
use crate::error::CrmError;
use crate::store;

/// What is planned, for which opportunity and when.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionInput {
    pub opportunity_id: Option<Uuid>,
    pub kind: Option<ActionKind>,
    pub planned_at: Option<DateTime<Utc>>,
    pub purpose: Option<String>,
}

/// An action as clients see it.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ActionView {
    pub id: Uuid,
    pub opportunity_id: Uuid,
    pub customer_id: Uuid,
    pub rep_id: Uuid,
    pub org: String,
    pub kind: ActionKind,
    pub planned_at: DateTime<Utc>,
    pub purpose: String,
    /// The field that only this kind has, and must fill when it is done.
    pub own_field: String,
    pub done: Option<DoneView>,
    pub version: i64,
    pub created_at: DateTime<Utc>,
}

/// What was handed in when the action was finished.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct DoneView {
    pub done_at: DateTime<Utc>,
    /// The value of the kind's own field.
    pub own_value: String,
    pub voice_summary_recording_id: Option<String>,
    pub summary: Option<String>,
    pub linked_communication: String,
    pub next_step: String,
    pub next_step_at: DateTime<Utc>,
}

impl From<SalesAction> for ActionView {
    fn from(action: SalesAction) -> Self {
        let done = action.done.map(|done| DoneView {
            done_at: done.at,
            own_value: done.own_value,
            voice_summary_recording_id: done.recording_id,
            summary: done.summary,
            linked_communication: done.linked_communication,
            next_step: done.next_step,
            next_step_at: done.next_step_at,
        });
        Self {
            id: action.id,
            opportunity_id: action.opportunity,
            customer_id: action.customer,
            rep_id: action.rep,
            org: action.org.into(),
            kind: action.kind,
            planned_at: action.planned_at,
            purpose: action.purpose,
            own_field: action.kind.own_field().to_owned(),
            done,
            version: action.version,
            created_at: action.created_at,
        }
    }
}

#[tracing::instrument(name = "crm.plan_action", skip_all)]
pub async fn plan_action(state: &State, caller: &Caller, input: ActionInput) -> Result<ActionView, CrmError> {
    let mut fields = Fields::default();
    let opportunity_id = fields.present("opportunity_id", input.opportunity_id);
    let kind = fields.present("kind", input.kind);
    let planned_at = fields.present("planned_at", input.planned_at);
    let purpose = fields.optional("purpose", input.purpose.as_deref(), 500);
    fields.into_errors()?;
    let mut write = state.journal.begin(caller).await?;
    let (now, principal) = (write.now(), &caller.principal);
    let opportunity = store::opportunities::find(write.db(), opportunity_id.unwrap_or_default()).await?;
    let opportunity = opportunity.ok_or(CrmError::OpportunityNotFound)?;
    let place =
        Resource::owned(ResourceKind::SalesAction, opportunity.tenant, opportunity.org.clone(), opportunity.owner);
    authz::check(principal, now, Action::SalesActionCreate, &place)?;
    refuse_ended(state, write.db(), &opportunity).await?;
    let action = SalesAction {
        id: write.new_id(),
        tenant: opportunity.tenant,
        opportunity: opportunity.id,
        customer: opportunity.customer,
        kind: kind.unwrap_or(ActionKind::Appointment),
        planned_at: planned_at.unwrap_or(now),
        purpose,
        done: None,
        org: opportunity.org,
        rep: if principal.kind == PrincipalKind::Person { principal.id } else { opportunity.owner },
        version: 1,
        created_at: now,
    };
    store::actions::insert(write.db(), &action).await?;
    let entry = scheduled_entry(&action)?;
    write.record(entry);
    Ok(write.commit(action.into()).await?)
}

fn scheduled_entry(action: &SalesAction) -> Result<Entry, CrmError> {
    let event = ActionScheduled {
        action_id: action.id.to_string(),
        opportunity_id: action.opportunity.to_string(),
        customer_id: action.customer.to_string(),
        rep_id: action.rep.to_string(),
        kind: action.kind.to_string(),
        planned_at: Some(action.planned_at.into()),
    };
    Ok(Entry::new(&event, action.id, action.version)?)
}
