//! The actions that the caller may see.

use authz::ResourceKind;
use journal::Caller;
use runtime::http::{Page, PageQuery};
use uuid::Uuid;

use super::plan_action::ActionView;
use crate::app::State;
use crate::error::CrmError;
use crate::store::actions;
pub use crate::store::actions::Filter;

#[tracing::instrument(name = "crm.list_actions", skip_all)]
pub async fn list_actions(
    state: &State,
    caller: &Caller,
    filter: Filter,
    page: PageQuery,
) -> Result<Page<ActionView>, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::SalesAction);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let rows = actions::list(&mut tx, &filter, page.after_time()?, page.limit()).await?;
    let Page { items, next_cursor } = Page::of(rows, page.limit(), actions::position);
    Ok(Page { items: items.into_iter().map(ActionView::from).collect(), next_cursor })
}

/// One action, as far as the caller may see it.
#[tracing::instrument(name = "crm.show_action", skip_all, fields(action = %id))]
pub async fn show_action(state: &State, caller: &Caller, id: Uuid) -> Result<ActionView, CrmError> {
    let scope = authz::list_scope(&caller.principal, ResourceKind::SalesAction);
    let mut tx = state.journal.read(&caller.principal, scope).await?;
    let action = actions::find(&mut tx, id).await?.ok_or(CrmError::ActionNotFound)?;
    Ok(action.into())
}
