//! Moves an opportunity to another stage because somebody asks for it.

use authz::Action;
use journal::Caller;
use kernel::Reason;
use serde::Deserialize;
use uuid::Uuid;

use super::move_opportunity::{Move, move_opportunity};
use super::opportunity_view::{OpportunityView, opportunity_view};
use crate::app::State;
use crate::domain::fields::{Fields, some};
use crate::error::CrmError;
use crate::store;

/// Where to, and why.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    #[schema(example = "proposal_quote")]
    pub to: Option<String>,
    pub reason: Option<String>,
}

#[tracing::instrument(name = "crm.advance_opportunity", skip_all, fields(opportunity = %id))]
pub async fn advance_opportunity(
    state: &State,
    caller: &Caller,
    id: Uuid,
    input: Advance,
) -> Result<OpportunityView, CrmError> {
    let mut fields = Fields::default();
    let to = fields.required("to", input.to.as_deref(), 64);
    let reason = some(fields.optional("reason", input.reason.as_deref(), 500)).map(Reason::from);
    fields.into_errors()?;
    let mut write = state.journal.begin(caller).await?;
    let mut opportunity = store::opportunities::lock(write.db(), id).await?.ok_or(CrmError::OpportunityNotFound)?;
    authz::check(&caller.principal, write.now(), Action::OpportunityAdvance, &opportunity.resource())?;
    let wanted = Move { to: &to, reason: reason.as_ref() };
    if let Some(refused) = move_opportunity(state, &mut write, &mut opportunity, wanted).await? {
        write.commit_refusal().await?;
        return Err(refused);
    }
    let view = opportunity_view(state, write.db(), &caller.principal, opportunity).await?;
    Ok(write.commit(view).await?)
}
