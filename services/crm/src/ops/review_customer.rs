//! Judges a customer again because time has passed.

use authz::Action;
use journal::Caller;
use journal::timers::Fired;

use super::judge_customer::judge_customer;
use crate::app::State;
use crate::error::CrmError;
use crate::store;

#[tracing::instrument(name = "crm.review_customer", skip_all, fields(customer = %fired.aggregate_id))]
pub async fn review_customer(state: State, caller: Caller, fired: Fired) -> Result<(), CrmError> {
    let mut write = state.journal.begin(&caller).await?;
    let customer = store::customers::lock(write.db(), fired.aggregate_id).await?;
    let mut customer = customer.ok_or(CrmError::CustomerNotFound)?;
    authz::check(&caller.principal, write.now(), Action::CustomerUpdate, &customer.resource())?;
    judge_customer(&state, &mut write, &mut customer).await?;
    Ok(write.commit(()).await?)
}
