//! Opens an opportunity in the first stage of the process.

use authz::Action;
use contracts::crm::v1::OpportunityOpened;
use custom_fields::{Resource, Values, first_values};
use journal::{Caller, Entry, Write};
use kernel::OrgPath;
use serde::Deserialize;
use uuid::Uuid;

use super::key_moments::{self, NewMoment};
use super::opportunity_view::{OpportunityView, opportunity_view};
use crate::app::State;
use crate::domain::fields::Fields;
use crate::domain::key_moment::DECISION_CHAIN_IDENTIFIED;
use crate::domain::opportunity::{Opportunity, PROCESS};
use crate::error::CrmError;
use crate::store;

/// A customer, and what it is about.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpportunityInput {
    pub customer_id: Option<Uuid>,
    pub subject: Option<String>,
    #[serde(default)]
    pub custom: Values,
}

/// An opportunity about to be opened.
#[derive(Clone, Debug)]
pub struct NewOpportunity {
    pub id: Uuid,
    pub customer: Uuid,
    pub lead: Option<Uuid>,
    pub subject: String,
    /// As somebody gave them; a lead gives none and is asked for none.
    pub custom: Option<Values>,
    pub org: OrgPath,
    pub owner: Uuid,
}

#[tracing::instrument(name = "crm.open_opportunity", skip_all)]
pub async fn open_opportunity(
    state: &State,
    caller: &Caller,
    input: OpportunityInput,
) -> Result<OpportunityView, CrmError> {
    let mut fields = Fields::default();
    let customer_id = fields.present("customer_id", input.customer_id);
    let subject = fields.required("subject", input.subject.as_deref(), 200);
    fields.into_errors()?;
    let mut write = state.journal.begin(caller).await?;
    let customer = store::customers::find(write.db(), customer_id.unwrap_or_default()).await?;
    let customer = customer.ok_or(CrmError::CustomerNotFound)?;
    let new = NewOpportunity {
        id: write.new_id(),
        customer: customer.id,
        lead: None,
        subject,
        custom: Some(input.custom),
        org: customer.org,
        owner: customer.owner,
    };
    let opportunity = insert_opportunity(state, &mut write, new).await?;
    let view = opportunity_view(state, write.db(), &caller.principal, opportunity).await?;
    Ok(write.commit(view).await?)
}

/// Authorises, records and stores a new opportunity, and starts its first key moment.
pub async fn insert_opportunity(
    state: &State,
    write: &mut Write,
    new: NewOpportunity,
) -> Result<Opportunity, CrmError> {
    let (now, principal) = (write.now(), write.caller().principal.clone());
    let definition = state.definitions.current(write.db(), principal.tenant, PROCESS).await?;
    let stage = definition.first_stage().map(|stage| stage.id.clone()).unwrap_or_default();
    let mut opportunity = Opportunity {
        id: new.id,
        tenant: principal.tenant,
        customer: new.customer,
        lead: new.lead,
        subject: new.subject,
        stage,
        stage_since: now,
        definition_version: i32::try_from(definition.version).unwrap_or(i32::MAX),
        next_action: None,
        frozen: false,
        decision_chain: Vec::new(),
        pain: None,
        competitors: Vec::new(),
        custom: Values::default(),
        lost_reason: None,
        planned_signing_at: None,
        delivery_locked_at: None,
        contract: None,
        org: new.org,
        owner: new.owner,
        version: 0,
        created_at: now,
        updated_at: now,
    };
    authz::check(&principal, now, Action::OpportunityCreate, &opportunity.resource())?;
    if let Some(given) = new.custom {
        opportunity.custom = first_values(write.db(), Resource::Opportunity, given).await?;
    }
    let entry = opened_entry(&mut opportunity)?;
    write.record(entry);
    store::opportunities::insert(write.db(), &opportunity).await?;
    key_moments::start(write, first_moment(&opportunity)).await?;
    Ok(opportunity)
}

fn opened_entry(opportunity: &mut Opportunity) -> Result<Entry, CrmError> {
    let event = OpportunityOpened {
        opportunity_id: opportunity.id.to_string(),
        customer_id: opportunity.customer.to_string(),
        lead_id: opportunity.lead.map(|id| id.to_string()).unwrap_or_default(),
        owner_id: opportunity.owner.to_string(),
        org: opportunity.org.to_string(),
        stage: opportunity.stage.clone(),
        subject: opportunity.subject.clone(),
    };
    Ok(Entry::new(&event, opportunity.id, opportunity.next_version())?)
}

/// Has no time of its own: the first visit meets or misses it.
fn first_moment(opportunity: &Opportunity) -> NewMoment<'static> {
    NewMoment {
        tenant: opportunity.tenant,
        opportunity: opportunity.id,
        moment: DECISION_CHAIN_IDENTIFIED,
        started_at: opportunity.created_at,
        due_at: None,
        stage: None,
        tell: vec!["sales_rep".to_owned(), "sales_manager".to_owned()],
    }
}
