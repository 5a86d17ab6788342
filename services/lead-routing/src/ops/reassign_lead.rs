//! A manager decides who gets a lead, with a reason. Limits do not bind the manager; people who have left get nothing.

use authz::{Action, Resource, ResourceKind};
use journal::{Caller, Write};
use kernel::Text;
use serde::Deserialize;
use uuid::Uuid;

use super::load::{lead_for, reason};
use super::ownership::{self, Handover};
use super::rulebook;
use super::view::LeadView;
use crate::app::State;
use crate::domain::assignment::How;
use crate::domain::explanation::Explanation;
use crate::domain::lead::{Lead, LeadState};
use crate::domain::rep::{Rep, day_of};
use crate::error::LeadError;
use crate::store;

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReassignInput {
    pub to: Uuid,
    #[serde(default)]
    pub reason: String,
}

#[tracing::instrument(name = "lead_routing.reassign_lead", skip_all, fields(lead = %id, to = %input.to))]
pub async fn reassign_lead(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: ReassignInput,
) -> Result<LeadView, LeadError> {
    let reason = reason(&input.reason)?;
    let mut write = state.journal.begin(caller).await?;
    let mut lead = lead_for(&mut write, id, Action::LeadReassign).await?;
    if !lead.state.is_open() && lead.state != LeadState::Unassigned {
        return Err(LeadError::WrongState(lead.state));
    }
    if lead.owner_id == Some(input.to) {
        return Err(LeadError::SameOwner);
    }
    let rep = target(&mut write, &lead, input.to).await?;
    let explanation = Explanation::remark(Text::new(format!("人工改派：{reason}"), format!("given by hand: {reason}")));
    hand_to(state, &mut write, &mut lead, &rep, Some(reason), explanation).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}

/// Locks who loses and who gets the lead, and checks that the caller may give to the latter.
async fn target(write: &mut Write, lead: &Lead, to: Uuid) -> Result<Rep, LeadError> {
    let people: Vec<Uuid> = lead.owner_id.into_iter().chain([to]).collect();
    let reps = store::reps::lock(write.db(), lead.tenant_id.0, &people).await?;
    let rep = reps.into_iter().find(|rep| rep.person_id == to && rep.active).ok_or(LeadError::NotARep)?;
    let node = Resource::unowned(ResourceKind::Lead, lead.tenant_id, rep.org.clone());
    authz::check(&write.caller().principal, write.now(), Action::LeadReassign, &node)?;
    Ok(rep)
}

/// Moves the lead and the counts to somebody whose row is locked.
pub async fn hand_to(
    state: &State,
    write: &mut Write,
    lead: &mut Lead,
    rep: &Rep,
    reason: Option<String>,
    explanation: Explanation,
) -> Result<(), LeadError> {
    let (tenant, now, previous) = (lead.tenant_id, write.now(), lead.owner_id);
    if let Some(previous) = previous {
        store::reps::relieve(write.db(), tenant.0, previous, day_of(now)).await?;
    }
    store::reps::give(write.db(), tenant.0, rep.person_id, day_of(now), now).await?;
    ownership::disarm(write, lead).await?;
    let limits = rulebook::limits(state, write.db(), tenant).await?;
    let handover = Handover { rep, how: How::Manual, previous, rule: None, reason, explanation, limits };
    let decision = ownership::give(state, write, lead, handover).await?;
    ownership::save(write, lead, &decision).await
}
