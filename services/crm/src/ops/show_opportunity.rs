//! One opportunity, as far as the caller may see it.

use authz::ResourceKind;
use journal::Caller;
use uuid::Uuid;

use super::opportunity_view::{OpportunityView, opportunity_view};
use crate::app::State;
use crate::domain::budgets::{Budgets, Range};
use crate::domain::opportunity::Opportunity;
use crate::error::CrmError;
use crate::store;

#[tracing::instrument(name = "crm.show_opportunity", skip_all, fields(opportunity = %id))]
pub async fn show_opportunity(state: &State, caller: &Caller, id: Uuid) -> Result<OpportunityView, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Opportunity);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let opportunity = store::opportunities::find(&mut tx, id).await?.ok_or(CrmError::OpportunityNotFound)?;
    opportunity_view(state, &mut tx, &caller.principal, opportunity).await
}

/// An opportunity and the range that finance has authorised, for other services.
#[tracing::instrument(name = "crm.opportunity_with_range", skip_all, fields(opportunity = %id))]
pub async fn opportunity_with_range(
    state: &State,
    caller: &Caller,
    id: Uuid,
) -> Result<(Opportunity, Option<Range>), CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Opportunity);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let opportunity = store::opportunities::find(&mut tx, id).await?.ok_or(CrmError::OpportunityNotFound)?;
    let stated = store::budgets::of_opportunity(&mut tx, id).await?;
    Ok((opportunity, Budgets::of(&stated).authorised_range))
}
