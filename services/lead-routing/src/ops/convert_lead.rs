//! Turns a screened lead into an opportunity, which `crm` opens when it learns of it.

use authz::Action;
use contracts::lead_routing::v1::LeadConverted;
use journal::{Caller, Entry, Write};
use process::gate::{Attempt, pass_without_approvals};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::load::lead_for;
use super::ownership;
use super::touch_lead::facts;
use super::view::LeadView;
use crate::app::State;
use crate::domain::lead::{Lead, LeadState};
use crate::domain::rep::day_of;
use crate::error::LeadError;
use crate::store;

#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConvertInput {
    /// What the customer wants to buy, in one sentence.
    pub subject: String,
}

#[tracing::instrument(name = "lead_routing.convert_lead", skip_all, fields(lead = %id))]
pub async fn convert_lead(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: ConvertInput,
) -> Result<LeadView, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let mut lead = lead_for(&mut write, id, Action::LeadConvert).await?;
    if !lead.state.is_open() {
        return Err(LeadError::WrongState(lead.state));
    }
    check_gates(state, &mut write, &lead, &input.subject).await?;
    ownership::disarm(&mut write, &lead).await?;
    if let Some(owner) = lead.owner_id {
        let day = day_of(write.now());
        store::reps::relieve(write.db(), lead.tenant_id.0, owner, day).await?;
    }
    record(&mut write, &mut lead, input.subject.trim())?;
    store::leads::save(write.db(), &lead).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}

/// The screening form first, then what the move itself asks for.
async fn check_gates(state: &State, write: &mut Write, lead: &Lead, subject: &str) -> Result<(), LeadError> {
    let tenant = write.caller().tenant();
    let definition = state.definitions.current(write.db(), tenant, "lead").await?;
    let mut facts = facts(lead);
    facts["subject"] = json!(subject);
    if lead.state != LeadState::Screened {
        pass_without_approvals(
            &definition,
            Attempt { from: lead.state.as_str(), to: "screened", facts: &facts, evidence: &[] },
        )?;
    }
    pass_without_approvals(&definition, Attempt { from: "screened", to: "converted", facts: &facts, evidence: &[] })?;
    Ok(())
}

fn record(write: &mut Write, lead: &mut Lead, subject: &str) -> Result<(), LeadError> {
    let before = lead.state;
    lead.state = LeadState::Converted;
    let opportunity_id = *lead.opportunity_id.insert(write.new_id());
    let customer_id = *lead.customer_id.get_or_insert_with(|| write.new_id());
    let event = LeadConverted {
        lead_id: lead.id.to_string(),
        rep_id: lead.owner_id.map(|id| id.to_string()).unwrap_or_default(),
        opportunity_id: opportunity_id.to_string(),
        customer_id: customer_id.to_string(),
        company: lead.company.clone(),
        industry: lead.industry.clone().unwrap_or_default(),
        region: lead.region.clone().unwrap_or_default(),
        budget: lead.budget().map(Into::into),
        org: lead.org.to_string(),
        source: lead.source.as_str().into(),
        subject: subject.to_owned(),
    };
    write.record(Entry::new(&event, lead.id, lead.next_version())?.change(before.as_str(), lead.state.as_str()));
    Ok(())
}
