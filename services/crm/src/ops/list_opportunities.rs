//! The opportunities that the caller may see.

use authz::ResourceKind;
use custom_fields::{Resource, condition};
use journal::Caller;
use runtime::http::{Page, PageQuery};

use super::opportunity_view::OpportunityLine;
use crate::app::State;
use crate::error::CrmError;
use crate::store::opportunities;
pub use crate::store::opportunities::Filter;

#[tracing::instrument(name = "crm.list_opportunities", skip_all)]
pub async fn list_opportunities(
    state: &State,
    caller: &Caller,
    mut filter: Filter,
    page: PageQuery,
) -> Result<Page<OpportunityLine>, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Opportunity);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    filter.custom = condition(&mut tx, Resource::Opportunity, filter.custom.as_deref()).await?;
    let rows = opportunities::list(&mut tx, &filter, page.after_time()?, page.limit()).await?;
    let Page { items, next_cursor } = Page::of(rows, page.limit(), opportunities::position);
    Ok(Page { items: items.into_iter().map(OpportunityLine::from).collect(), next_cursor })
}
