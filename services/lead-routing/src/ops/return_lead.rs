//! Gives a lead back to the pool of its node. Routing finds somebody else for it.

use authz::Action;
use contracts::lead_routing::v1::LeadReturned;
use journal::{Caller, Entry};
use kernel::Text;
use serde::Deserialize;
use uuid::Uuid;

use super::load::{lead_for, reason};
use super::ownership::{self, Queued};
use super::rulebook;
use super::view::LeadView;
use crate::app::State;
use crate::domain::assignment::How;
use crate::domain::explanation::Explanation;
use crate::domain::rep::day_of;
use crate::error::LeadError;
use crate::store;

#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReturnInput {
    pub reason: String,
}

#[tracing::instrument(name = "lead_routing.return_lead", skip_all, fields(lead = %id))]
pub async fn return_lead(state: &State, caller: &Caller, id: Uuid, input: ReturnInput) -> Result<LeadView, LeadError> {
    let reason = reason(&input.reason)?;
    let mut write = state.journal.begin(caller).await?;
    let mut lead = lead_for(&mut write, id, Action::LeadReturn).await?;
    let Some(owner) = lead.owner_id.filter(|_| lead.state.is_open()) else {
        return Err(LeadError::WrongState(lead.state));
    };
    let (tenant, day) = (lead.tenant_id, day_of(write.now()));
    store::reps::relieve(write.db(), tenant.0, owner, day).await?;
    ownership::disarm(&mut write, &lead).await?;
    let event = LeadReturned { lead_id: lead.id.to_string(), rep_id: owner.to_string(), reason: reason.clone() };
    let entry = Entry::new(&event, lead.id, lead.next_version())?;
    write.record(entry.change(lead.state.as_str(), "unassigned").why(&reason));
    lead.released_by = Some(owner);
    let limits = rulebook::limits(state, write.db(), tenant).await?;
    let queued = Queued {
        org: lead.org.clone(),
        how: How::Returned,
        previous: Some(owner),
        rule: None,
        explanation: Explanation::remark(Text::new(
            format!("退回线索池：{reason}"),
            format!("given back to the pool: {reason}"),
        )),
        reason: Some(reason),
        limits,
    };
    let decision = ownership::enqueue(state, &mut write, &mut lead, queued).await?;
    ownership::save(&mut write, &lead, &decision).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}
