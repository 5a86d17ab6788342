//! Somebody takes a lead out of the pool of their own node. Whoever had it last cannot.

use authz::Action;
use journal::Caller;
use kernel::Text;
use uuid::Uuid;

use super::load::lead_for;
use super::reassign_lead::hand_to;
use super::view::LeadView;
use crate::app::State;
use crate::domain::explanation::Explanation;
use crate::domain::lead::LeadState;
use crate::error::LeadError;
use crate::store;

#[tracing::instrument(name = "lead_routing.claim_lead", skip_all, fields(lead = %id))]
pub async fn claim_lead(state: &State, caller: &Caller, id: Uuid) -> Result<LeadView, LeadError> {
    let mut write = state.journal.begin(caller).await?;
    let mut lead = lead_for(&mut write, id, Action::LeadClaim).await?;
    if lead.state != LeadState::Unassigned {
        return Err(LeadError::WrongState(lead.state));
    }
    let me = caller.principal.id;
    let found = store::reps::lock(write.db(), lead.tenant_id.0, &[me]).await?.pop();
    let can = |rep: &crate::domain::rep::Rep| rep.active && !rep.paused && rep.open_count < rep.open_limit;
    let rep = found.filter(can).filter(|_| lead.released_by != Some(me)).ok_or(LeadError::NotARep)?;
    let explanation = Explanation::remark(Text::new("从线索池领取", "taken from the pool"));
    hand_to(state, &mut write, &mut lead, &rep, None, explanation).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}
