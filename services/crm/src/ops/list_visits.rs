//! The visits that the caller may see.

use authz::ResourceKind;
use custom_fields::{Resource, condition};
use journal::Caller;
use runtime::http::{Page, PageQuery};

use super::visit_view::VisitView;
use crate::app::State;
use crate::error::CrmError;
use crate::store::visits;
pub use crate::store::visits::Filter;

#[tracing::instrument(name = "crm.list_visits", skip_all)]
pub async fn list_visits(
    state: &State,
    caller: &Caller,
    mut filter: Filter,
    page: PageQuery,
) -> Result<Page<VisitView>, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::Visit);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    filter.custom = condition(&mut tx, Resource::Visit, filter.custom.as_deref()).await?;
    let rows = visits::list(&mut tx, &filter, page.after_time()?, page.limit()).await?;
    let Page { items, next_cursor } = Page::of(rows, page.limit(), visits::position);
    Ok(Page { items: items.into_iter().map(VisitView::from).collect(), next_cursor })
}
