//! Talk tracks and comparison sheets for what an opportunity says already.

use authz::ResourceKind;
use journal::Caller;
use uuid::Uuid;

use super::suggestion_view::Suggestions;
use super::suggestions::{Entered, suggestions};
use crate::app::State;
use crate::error::CrmError;
use crate::store;

#[tracing::instrument(name = "crm.show_suggestions", skip_all, fields(opportunity = %id))]
pub async fn show_suggestions(state: &State, caller: &Caller, id: Uuid) -> Result<Suggestions, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Opportunity);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let opportunity = store::opportunities::find(&mut tx, id).await?.ok_or(CrmError::OpportunityNotFound)?;
    drop(tx);
    let entered =
        Entered { pain: opportunity.pain, competitors: opportunity.competitors, opportunity: Some(id), customer: None };
    Ok(suggestions(state, caller, entered).await?.unwrap_or_else(Suggestions::none))
}
