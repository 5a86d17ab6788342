//! Takes in a lead that a person or a system hands in.

use authz::{Action, Resource, ResourceKind};
use custom_fields::first_values;
use journal::Caller;

use super::take_in::{Arrival, take_in};
use super::view::LeadView;
use crate::app::State;
use crate::domain::new_lead::{NewLead, Profile, check, source_of};
use crate::domain::source::Source;
use crate::error::LeadError;

#[tracing::instrument(name = "lead_routing.create_lead", skip_all)]
pub async fn create_lead(state: &State, caller: &Caller, new: NewLead) -> Result<LeadView, LeadError> {
    let org = new.org.clone().unwrap_or_else(|| caller.principal.org.clone());
    let place = Resource::unowned(ResourceKind::Lead, caller.tenant(), org.clone());
    authz::check(&caller.principal, state.clock.now(), Action::LeadCreate, &place)?;
    let (source_detail, custom) = (new.source_detail.clone(), new.custom.clone());
    let (source, profile) = checked(new)?;

    let mut write = state.journal.begin(caller).await?;
    let (id, sender) = (write.new_id(), caller.principal.id);
    let custom = first_values(write.db(), custom_fields::Resource::Lead, custom).await?;
    let arrival = Arrival { id, org, source, source_detail, profile, custom, sender };
    let lead = take_in(state, &mut write, arrival).await?;
    Ok(write.commit(LeadView::of(lead, &caller.principal)).await?)
}

fn checked(new: NewLead) -> Result<(Source, Profile), LeadError> {
    match (source_of(&new.source), check(new)) {
        (Ok(source), Ok(profile)) => Ok((source, profile)),
        (source, profile) => {
            let errors = source.err().into_iter().chain(profile.err()).flatten();
            Err(LeadError::Invalid(errors.collect()))
        }
    }
}
