//! Notes that a key moment's time has passed without it.

use authz::Action;
use contracts::crm::v1::KeyMomentMissed;
use journal::timers::Fired;
use journal::{Caller, Entry};

use super::move_opportunity::has_ended;
use crate::app::State;
use crate::domain::key_moment::KeyMoment;
use crate::domain::opportunity::Opportunity;
use crate::error::CrmError;
use crate::store;

#[tracing::instrument(name = "crm.miss_key_moment", skip_all, fields(moment = %fired.aggregate_id))]
pub async fn miss_key_moment(state: State, caller: Caller, fired: Fired) -> Result<(), CrmError> {
    let mut write = state.journal.begin(&caller).await?;
    let (now, id) = (write.now(), fired.aggregate_id);
    let Some(opportunity_id) = store::key_moments::opportunity_of(write.db(), id).await? else {
        return Ok(write.commit(()).await?);
    };
    let opportunity = store::opportunities::lock(write.db(), opportunity_id).await?;
    let mut opportunity = opportunity.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, now, Action::OpportunityUpdate, &opportunity.resource())?;
    if has_ended(&state, write.db(), &opportunity).await? {
        return Ok(write.commit(()).await?);
    }
    if let Some(missed) = store::key_moments::miss(write.db(), id, now).await? {
        let entry = missed_entry(&mut opportunity, &missed)?;
        write.record(entry);
        store::opportunities::save(write.db(), &opportunity, now).await?;
    }
    Ok(write.commit(()).await?)
}

/// The event that a moment was missed.
pub fn missed_entry(opportunity: &mut Opportunity, missed: &KeyMoment) -> Result<Entry, CrmError> {
    let event = KeyMomentMissed {
        opportunity_id: opportunity.id.to_string(),
        customer_id: opportunity.customer.to_string(),
        moment: missed.moment.clone(),
        due_at: missed.due_at.map(Into::into),
        owner_id: opportunity.owner.to_string(),
        org: opportunity.org.to_string(),
        tell: missed.tell.clone(),
    };
    Ok(Entry::new(&event, opportunity.id, opportunity.next_version())?)
}
