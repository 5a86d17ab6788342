//! One customer, as far as the caller may see it.

use authz::ResourceKind;
use journal::Caller;
use uuid::Uuid;

use super::customer_view::CustomerView;
use crate::app::State;
use crate::error::CrmError;
use crate::store;

#[tracing::instrument(name = "crm.show_customer", skip_all, fields(customer = %id))]
pub async fn show_customer(state: &State, caller: &Caller, id: Uuid) -> Result<CustomerView, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Customer);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let customer = store::customers::find(&mut tx, id).await?.ok_or(CrmError::CustomerNotFound)?;
    let contacts = store::contacts::of_customer(&mut tx, id).await?;
    Ok(CustomerView::new(customer, contacts))
}
