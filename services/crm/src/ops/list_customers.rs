//! The customers that the caller may see.

use authz::ResourceKind;
use custom_fields::{Resource, condition};
use journal::Caller;
use runtime::http::{Page, PageQuery};

use super::customer_view::CustomerLine;
use crate::app::State;
use crate::error::CrmError;
use crate::store::customers;
pub use crate::store::customers::Filter;

#[tracing::instrument(name = "crm.list_customers", skip_all)]
pub async fn list_customers(
    state: &State,
    caller: &Caller,
    mut filter: Filter,
    page: PageQuery,
) -> Result<Page<CustomerLine>, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Customer);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    filter.custom = condition(&mut tx, Resource::Customer, filter.custom.as_deref()).await?;
    let rows = customers::list(&mut tx, &filter, page.after_time()?, page.limit()).await?;
    let Page { items, next_cursor } = Page::of(rows, page.limit(), customers::position);
    Ok(Page { items: items.into_iter().map(CustomerLine::from).collect(), next_cursor })
}
